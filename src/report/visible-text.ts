/**
 * Text from a capture, made safe to show: a caller chooses some of these strings, and a terminal obeys control
 * characters, a browser obeys direction overrides. Nothing is dropped; what is not visible is shown as its code.
 */

/** Control, format (direction overrides, zero width), line and paragraph separators, lone surrogates, unassigned. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu
/** East Asian wide and full-width blocks and pictographs, which take two columns. Source: Unicode UAX #11. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const COMBINING = /^[\p{Mn}\p{Me}]$/u

/** `text` with every invisible or controlling character replaced by its code, as `\x1b` or `\u{202e}`. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Columns a terminal needs for `text`, which must be visible text. */
export function displayWidth(text: string): number {
  let columns = 0
  for (const char of text) columns += charWidth(char)
  return columns
}

/** `text` cut to `columns`, the last of them `…` when something was cut. */
export function clipText(text: string, columns: number): string {
  // Two UTF-16 units a column is the most that fits without marks; stacked marks beyond that are cut too.
  if (text.length <= columns * 2 && displayWidth(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const char of text) {
    width += charWidth(char)
    if (width > columns - 1 || kept.length >= columns * 2) break
    kept += char
  }
  return `${kept}…`
}

function charWidth(char: string): number {
  if (COMBINING.test(char)) return 0
  return WIDE.test(char) ? 2 : 1
}
