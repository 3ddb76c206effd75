import { ACCESS_AVPS } from './access-avps.ts'
import { type AvpRow, VENDORS } from './avp-row.ts'
import { BASE_AVPS } from './base-avps.ts'
import { CHARGING_AVPS } from './charging-avps.ts'
import { ETSI_AVPS } from './etsi-avps.ts'
import { EXPOSURE_AVPS } from './exposure-avps.ts'
import { IMS_AVPS } from './ims-avps.ts'
import { LOCATION_AVPS } from './location-avps.ts'
import { MORE_CHARGING_AVPS } from './more-charging-avps.ts'
import { POLICY_AVPS } from './policy-avps.ts'
import { RADIUS_AVPS } from './radius-avps.ts'
import { S6A_AVPS } from './s6a-avps.ts'
import { TGPP2_AVPS } from './tgpp2-avps.ts'

/** All dictionaries, by vendor. */
export const DIAMETER_AVPS: readonly { readonly vendor: number; readonly rows: readonly AvpRow[] }[] = [
  { vendor: VENDORS.ietf, rows: [...RADIUS_AVPS, ...BASE_AVPS] },
  { vendor: VENDORS.tgpp2, rows: TGPP2_AVPS },
  {
    vendor: VENDORS.tgpp,
    rows: [
      ...ACCESS_AVPS,
      ...POLICY_AVPS,
      ...IMS_AVPS,
      ...CHARGING_AVPS,
      ...S6A_AVPS,
      ...MORE_CHARGING_AVPS,
      ...LOCATION_AVPS,
      ...EXPOSURE_AVPS,
    ],
  },
  { vendor: VENDORS.etsi, rows: ETSI_AVPS },
]
