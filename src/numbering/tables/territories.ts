/**
 * Territories whose numbers or networks are mixed with another country's, in alphabetical order, a row a line: the
 * territory, the country. Two numbers of such a pair may well belong to one operator, so a difference between the two
 * codes alone says nothing.
 *
 * Shared E.164 country code or national plan: AX BL BQ CC CX EH GG IM JE MF NF SJ SX VA YT. Shared E.212 mobile country
 * code: AS BQ GF GG GU IM JE MF MP MQ PR SX VI YT. Source: ITU-T E.164 and E.212 lists, as in the tables beside this one.
 */
export const TERRITORIES = `
AS US
AX FI
BL GP
BQ CW
CC AU
CX AU
EH MA
GF GP
GG GB
GU US
IM GB
JE GB
MF GP
MP US
MQ GP
NF AU
PR US
SJ NO
SX CW
VA IT
VI US
YT RE
`
