/**
 * Every sentence of a letter to the operator of a source. Evidence, not accusation: the address is named, nobody is blamed,
 * and innocent explanations come first. The code of conduct wants the parties to talk before anybody complains.
 * Source: GSMA, FS.52 Global Title Leasing Code of Conduct, and "GT Leasing Code of Conduct – Make a Complaint" (FS.59).
 */
export const COMPLAINT_WORDS = {
  title: 'Signalling messages from your addresses: please review',
  to: 'To',
  from: 'From',
  reference: 'Reference',
  sender: '[your organisation, and whom to answer]',
  salutation: 'Dear colleagues,',
  holder: (kind: string, address: string, country: string) =>
    `the operator responsible for ${kind} ${address} (${country})`,
  opening: (first: string, last: string, named: boolean) =>
    `Between ${first} and ${last} (UTC) our network received signalling messages from ${named ? 'addresses that are registered to you, as far as our data say' : 'an address that, as far as public numbering says, is in your range'}. They are of kinds that a network does not expect from this side. We tell you what we saw, and ask you to look into it.`,
  noAccusation:
    'This is not an accusation. An address can be leased to others, used by a service you both know of, passed on by a carrier, misconfigured, or forged by somebody who has nothing to do with you. If there is an innocent explanation, we would like to learn it, so that we stop reporting these messages.',
  saw: 'What we saw',
  messages: 'Messages',
  answered: 'Messages that our network answered with a result',
  subscribers: 'Different subscribers that these messages name',
  first: 'First message (UTC)',
  last: 'Last message (UTC)',
  uncited: (count: string) => `Further messages of the same kind that are not listed one by one: ${count}`,
  address: 'Source address',
  kind: 'Kind',
  operation: 'Operation',
  category: 'Category',
  meaning: 'What such messages can do',
  resolved: (methods: string) => `How the addresses were matched to their holder: ${methods}.`,
  ask: 'What we ask of you',
  requests: [
    'Please find out whether these addresses are in use by you, or leased or assigned to somebody else, and whether this traffic was authorised.',
    'Please look for the messages in your own records: observations.csv has time, source address, operation and transaction id of each.',
    'If the traffic is not legitimate, please stop it, and tell us when it has stopped.',
    'If it is legitimate, or if your records show no such messages, please tell us: the address may be misused by others.',
  ],
  conduct:
    'Where the addresses are leased: the GSMA’s Global Title Leasing Code of Conduct (FS.52) describes what is expected of a lessor. It also asks the parties to discuss the matter with each other first, which is the purpose of this letter.',
  attached: 'Attached',
  attachedText:
    'observations.csv: one line for each message. The called side is told by its realm, IP address or point code, or by the country code of its title alone.',
  hashes: (hashes: readonly string[]) =>
    `The messages were read from captures with these SHA-256 sums: ${hashes.join(', ')}.`,
  privacy:
    'Neither this letter nor the attached file holds the identity of a subscriber. Please do not send any in your answer before we have agreed on a protected way.',
  closing: 'With kind regards,',
  readme: (addressee: string, version: string) => `# Complaint pack

For: ${addressee}

- letter.md: the letter. Fill in the lines in square brackets, read it, and decide whether to send it.
- observations.csv: the messages the letter is about. It holds no subscriber identity; send it along with the letter.
- manifest.json: hashes of these files as they were written, and of the captures. A letter that was filled in no longer fits its hash.

It was written by Telltale ${version} from a case, and is a draft: a person must check the findings, and their innocent
explanations, before anything is sent. Talk to the operator first; a complaint to the GSMA under FS.59 comes after that.
`,
} as const
