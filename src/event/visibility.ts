import { type AnswerNews, AnswerVisibility } from './answer-visibility.ts'
import { type DiameterNews, DiameterVisibility } from './diameter-visibility.ts'
import { GtpVisibility } from './gtp-visibility.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** What became known of answers being captured, by protocol. */
export interface VisibilityNews {
  readonly ss7: AnswerNews
  readonly isup: AnswerNews
  readonly diameter: DiameterNews
  readonly gtp: readonly string[]
}

/** Whether an answer would have been captured, for all protocols: as decoding learns it, or as it was told elsewhere. */
export class Visibility {
  private readonly ss7: AnswerVisibility
  private readonly isup: AnswerVisibility
  private readonly diameter: DiameterVisibility
  private readonly gtp: GtpVisibility

  constructor(
    ss7 = new AnswerVisibility(),
    isup = new AnswerVisibility(),
    diameter = new DiameterVisibility(),
    gtp = new GtpVisibility(),
  ) {
    this.ss7 = ss7
    this.isup = isup
    this.diameter = diameter
    this.gtp = gtp
  }

  /** Whether an answer to this request would have been captured. */
  couldSeeAnswer(request: SignallingEvent): boolean {
    switch (request.protocol) {
      case 'diameter':
        return this.diameter.couldSeeAnswer(request)
      case 'isup':
        return this.isup.couldSeeAnswer(request)
      case 'gtpv1':
      case 'gtpv2':
        return this.gtp.couldSeeAnswer(request)
      default:
        return this.ss7.couldSeeAnswer(request)
    }
  }

  /** Whether any message of an exchange under way was seen that another one began. */
  get sawAnswers(): boolean {
    return [this.ss7, this.isup, this.diameter, this.gtp].some(({ seenAny }) => seenAny)
  }

  /** What became known since the last call. */
  takeNews(): VisibilityNews {
    const { ss7, isup, diameter, gtp } = this
    return { ss7: ss7.takeNews(), isup: isup.takeNews(), diameter: diameter.takeNews(), gtp: gtp.takeNews() }
  }

  /** Learns what another one came to know. */
  learn({ ss7, isup, diameter, gtp }: VisibilityNews): void {
    this.ss7.learn(ss7)
    this.isup.learn(isup)
    this.diameter.learn(diameter)
    this.gtp.learn(gtp)
  }
}
