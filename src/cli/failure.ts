/** Why a command could not run: one clear sentence for standard error, and the exit status of the contract. */
export class Failure extends Error {
  readonly status: 1 | 2

  constructor(message: string, status: 1 | 2 = 1) {
    super(message)
    this.status = status
  }
}
