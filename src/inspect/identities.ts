import { maskDigits, maskImsi, maskMsisdn } from '../numbering/mask.ts'
import type { Branch, Tree } from './tree.ts'

/** What digits stand for: how they are masked depends on it. */
export type IdentityKind = 'imsi' | 'msisdn' | 'imei'

/** Type allocation code: eight digits tell the model, not the device. */
const TAC_DIGITS = 8

/** The digits of a subscriber or phone, masked unless the user asked for them. */
export function identity(tree: Tree, kind: IdentityKind, digits: string | null): string {
  if (digits === null || digits === '') return 'empty'
  if (tree.reveal) return digits
  tree.masked = true
  tree.noteIdentity(digits)
  if (kind === 'imsi') return maskImsi(digits)
  return kind === 'imei' ? maskDigits(digits, TAC_DIGITS, 2) : maskMsisdn(digits)
}

/** A number that names a node; masked only where the frame turns out to be about a subscriber of that number. */
export function addTitle(branch: Branch, name: string, digits: string, start: number, end: number): Branch {
  const row = branch.field(name, digits, start, end)
  branch.tree.noteTitle(row.node, digits, maskMsisdn(digits))
  return row
}

/** Digits in a row that may name somebody, in a name or URI of a subscriber, and in any other text. */
const DIGITS_OF_NAME = /\d{5,}/g
const DIGITS_OF_TEXT = /\d{10,}/g

/** A text that names a subscriber: its longer rows of digits are masked. */
export function identityText(tree: Tree, text: string): string {
  return maskRuns(tree, text, DIGITS_OF_NAME)
}

/** Any other text: rows of digits as long as a number are masked, for nothing says that they are none. */
export function plainText(tree: Tree, text: string): string {
  return maskRuns(tree, text, DIGITS_OF_TEXT)
}

function maskRuns(tree: Tree, text: string, runs: RegExp): string {
  if (tree.reveal) return text
  return text.replace(runs, (digits) => {
    tree.masked = true
    tree.noteIdentity(digits)
    return digits.length >= 14 ? maskImsi(digits) : maskMsisdn(digits)
  })
}
