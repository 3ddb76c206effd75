import { LIMITS } from '../../limits.ts'

/** Rows that DuckDB takes in one chunk (its vector size): events of a batch. */
export const BATCH_ROWS = 2048

/** Texts numbered first in a batch: `texts[i]` has number `first + i`. */
export interface NewLabels {
  readonly first: number
  readonly texts: readonly string[]
  /** The dictionary began anew: no number below `first` comes in this batch or later. */
  readonly isAnew: boolean
}

/**
 * Numbers for texts that come again and again, and texts for these numbers where batches are read. Bounded: with the first
 * batch after it is full the dictionary begins anew, and a text known before gets a second number, which costs a row.
 */
export class Labels {
  private readonly numbers = new Map<string, number>()
  private readonly most: number
  /** Characters of the texts given away. */
  private characters = 0
  /** Texts by number, from `first` on. */
  private texts: string[] = []
  private words: (readonly string[] | undefined)[] = []
  private first = 0
  /** Texts given away already. */
  private taken = 0
  /** Characters of the texts numbered since the last batch. */
  newCharacters = 0
  private isAnew = false

  /** @param most texts remembered from batch to batch. */
  constructor(most: number) {
    this.most = most
  }

  numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const made = this.first + this.texts.length
    this.numbers.set(text, made)
    this.texts.push(text)
    this.newCharacters += text.length
    return made
  }

  textOf(number: number): string {
    return this.texts[number - this.first] ?? ''
  }

  /** The words of a text, by spaces; the same list for the same number. */
  wordsOf(number: number): readonly string[] {
    const at = number - this.first
    const known = this.words[at]
    if (known !== undefined) return known
    const words = Object.freeze((this.texts[at] ?? '').split(' '))
    while (this.words.length < at) this.words.push(undefined)
    this.words[at] = words
    return words
  }

  /** The texts numbered since the last call; ends a batch. */
  take(): NewLabels {
    const { first, taken, isAnew } = this
    const news = { first: first + taken, texts: this.texts.slice(taken), isAnew }
    this.characters += this.newCharacters
    this.newCharacters = 0
    this.isAnew = this.texts.length >= this.most || this.characters >= LIMITS.labelCharacters
    if (this.isAnew) this.forget(first + this.texts.length)
    this.taken = this.texts.length
    return news
  }

  /** Learns the texts of a batch that is to be read; batches come in the order of their making. */
  learn({ first, texts, isAnew }: NewLabels): void {
    if (isAnew) this.forget(first)
    for (const text of texts) this.texts.push(text)
  }

  private forget(first: number): void {
    this.numbers.clear()
    this.texts = []
    this.words = []
    this.characters = 0
    this.first = first
  }
}
