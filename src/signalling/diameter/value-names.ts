/** Names of enumerated values and flag bits that the event tells. By value, or by bit from 0; '' for none. */

/** Bits of IDR-Flags. Source: 3GPP TS 29.272 §7.3.103. */
export const IDR_FLAG_NAMES = [
  'ueReachability',
  'tAdsData',
  'epsUserState',
  'epsLocationInformation',
  'currentLocation',
  'localTimeZone',
  'removeSmsRegistration',
  'ratType',
  'pCscfRestoration',
] as const

/** IDR-Flags that ask for a location: EPS Location Information Request, Current Location Request. */
export const IDR_LOCATION_BITS = 0b11000

/** Data-Reference. Source: 3GPP TS 29.329 §6.3.4. */
export const DATA_REFERENCES: ReadonlyMap<number, string> = new Map([
  [0, 'repositoryData'],
  [10, 'imsPublicIdentity'],
  [11, 'imsUserState'],
  [12, 'sCscfName'],
  [13, 'initialFilterCriteria'],
  [14, 'locationInformation'],
  [15, 'userState'],
  [16, 'chargingInformation'],
  [17, 'msisdn'],
  [18, 'psiActivation'],
  [19, 'dsai'],
  [21, 'serviceLevelTraceInfo'],
  [22, 'ipAddressSecureBindingInformation'],
  [23, 'servicePriorityLevel'],
  [24, 'smsRegistrationInfo'],
  [25, 'ueReachabilityForIp'],
  [26, 'tAdsInformation'],
  [27, 'stnSr'],
  [28, 'ueSrvccCapability'],
  [29, 'extendedPriority'],
  [30, 'csrn'],
  [31, 'referenceLocationInformation'],
  [32, 'imsi'],
  [33, 'imsPrivateUserIdentity'],
  [34, 'imeisv'],
  [35, 'ue5gSrvccCapability'],
])

/** LocationInformation and ReferenceLocationInformation. */
export const LOCATION_REFERENCES: readonly number[] = [14, 31]

/** SLg-Location-Type. Source: 3GPP TS 29.172 §7.4.2. */
export const LOCATION_TYPES = [
  'currentLocation',
  'currentOrLastKnownLocation',
  'initialLocation',
  'activateDeferredLocation',
  'cancelDeferredLocation',
  'notificationVerificationOnly',
] as const

/** Monitoring-Type. Source: 3GPP TS 29.336 §8.4.8. */
export const MONITORING_TYPES = [
  'lossOfConnectivity',
  'ueReachability',
  'locationReporting',
  'imsiImeiChange',
  'roamingStatus',
  'communicationFailure',
  'availabilityAfterDdnFailure',
  'numberOfUesInArea',
  'ueReachabilityAndIdleStatus',
  'availabilityAfterDdnFailureAndIdleStatus',
  'pdnConnectivityStatus',
] as const

export const MONITORING_LOCATION = 2

/** RAT-Type. Source: 3GPP TS 29.212 §5.3.31. */
export const RAT_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'WLAN'],
  [1, 'VIRTUAL'],
  [2, 'TRUSTED-N3GA'],
  [3, 'WIRELINE'],
  [1000, 'UTRAN'],
  [1001, 'GERAN'],
  [1002, 'GAN'],
  [1003, 'HSPA_EVOLUTION'],
  [1004, 'EUTRAN'],
  [1005, 'EUTRAN-NB-IoT'],
  [1006, 'NR'],
  [1007, 'LTE-M'],
  [2000, 'CDMA2000_1X'],
  [2001, 'HRPD'],
  [2002, 'UMB'],
  [2003, 'EHRPD'],
])

/** 3GPP-RAT-Type, by the octet, in the words of RAT-Type. Source: 3GPP TS 29.061 §16.4.7.2, TS 29.274 §8.17. */
export const RAT_OCTETS = [
  '',
  'UTRAN',
  'GERAN',
  'WLAN',
  'GAN',
  'HSPA_EVOLUTION',
  'EUTRAN',
  'VIRTUAL',
  'EUTRAN-NB-IoT',
  'LTE-M',
  'NR',
] as const

/** Subscription-Id-Type. Source: RFC 8506 §8.47. */
export const SUBSCRIPTION_ID = { e164: 0, imsi: 1, sipUri: 2, nai: 3 } as const
