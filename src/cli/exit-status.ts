/* Exit statuses of the contract. */
export const RAN = 0
export const COULD_NOT = 1
export const USAGE = 2
/** A finding reached `--fail-on`. */
export const FOUND = 3
/** What a shell expects of a program that Ctrl-C ended. */
export const INTERRUPTED = 130

/** Whether captures broke before the first packet of any of them. */
export function isNothingRead(packets: number, inputs: readonly { readonly damage: string | null }[]): boolean {
  return packets === 0 && inputs.some(({ damage }) => damage !== null)
}
