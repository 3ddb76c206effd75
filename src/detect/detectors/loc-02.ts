import { judgeHomeOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const provideSubscriberInfo = defineDetector({
  id: 'LOC-02',
  version: 1,
  class: 'location',
  severity: 'high',
  title: 'Location request from a network that is not the subscriber’s home',
  explanation:
    'provideSubscriberInfo makes the serving switch tell the cell a phone is in. Only the subscriber’s home network sends it to the network visited (3GPP TS 29.002 §8.11.2). The network that issued the IMSI is held against the network of the calling global title.',
  techniques: ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'T1430.002'],
  benign: [
    'A virtual operator or multi-IMSI SIM whose home is listed under another operator.',
    'A signalling hub that puts its own global title in place of the home network’s.',
    'Outdated numbering data for either operator.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title: the request has none.',
    'Whose the global title or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: ['provideSubscriberInfo'],
  kinds: ['invoke', 'request'],
  example:
    '467017406010 in Sweden sends provideSubscriberInfo to our VLR 447700900011 about a phone whose IMSI a French network issued.',
  thresholds: [],
  detect: (event, network) => judgeHomeOnly(event, network, 'asks for the location of another operator’s subscriber'),
})
