/**
 * The look of report.html: one accent, severities that survive greyscale and colour-blindness (darker is more severe, and
 * the word always stands beside). Nothing is fetched.
 */

/** Named colours. Text and background pairs reach 4.5:1, WCAG 2.2 §1.4.3. */
export const LIGHT = {
  paper: '#fffefb',
  raised: '#f5f3ec',
  ink: '#1c1f22',
  quiet: '#565c62',
  rule: '#d9d5ca',
  accent: '#17506b',
  half: '#6f9db3',
  criticalBack: '#5c0f1d',
  criticalInk: '#ffffff',
  highBack: '#a8420c',
  highInk: '#ffffff',
  mediumBack: '#f0c868',
  mediumInk: '#352800',
  lowBack: '#e4ecf0',
  lowInk: '#2b4656',
  infoBack: '#fffefb',
  infoInk: '#565c62',
} as const

/**
 * Fills of the protocol generations. Told apart by most kinds of colour-blindness, and in grey: each is lighter than the
 * one before, and edged in ink. Adapted from Okabe, Ito 2008.
 */
export const GENERATION_FILLS = {
  g3: '#123f5c',
  g4: '#d9822b',
  gSms: '#9cc9c4',
  gGtp: '#f0e6a8',
  gOther: '#ffffff',
} as const

const RULES = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;overflow-wrap:break-word;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Charter,'Bitstream Charter','Sitka Text',Cambria,'Liberation Serif',Georgia,serif}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 2rem}
header{padding-top:4.5rem}
footer{padding-bottom:4rem}
h1,h2,h3,h4{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:2.5rem;margin:.4rem 0 .8rem;letter-spacing:-.01em}
h2{font-size:1.65rem;margin:4.5rem 0 1.2rem;padding-top:.9rem;border-top:2px solid var(--accent)}
h3{font-size:1.2rem;margin:2.6rem 0 .5rem}
p{margin:0 0 1rem;max-width:72ch}
a{color:var(--accent)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.kind{margin:0;color:var(--accent)}
.kind,.meta,.contents,.sev,figcaption,caption,th,td,dl,.lanes,.axis,.legend,.benign,.more{font-family:system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif}
.kind{font-size:.8rem;font-weight:600;letter-spacing:.09em;text-transform:uppercase}
.meta,.more,.legend{color:var(--quiet);font-size:.875rem}
.contents{border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);padding:.7rem 0;margin-top:2.2rem;font-size:.875rem}
.contents ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.6rem}
.legend{max-width:none}
.lede{font-size:1.3rem;line-height:1.5;max-width:64ch}
.notice{border-left:4px solid var(--accent);background:var(--raised);padding:.9rem 1.2rem;margin:1.6rem 0;max-width:72ch}
.notice>:last-child{margin-bottom:0}
ul{padding-left:1.2rem;margin:0 0 1rem;max-width:68ch}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));margin:2.2rem 0;border-top:1px solid var(--rule)}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:.8rem 1rem .8rem 0;border-bottom:1px solid var(--rule)}
.figures dt{color:var(--quiet);font-size:.82rem;line-height:1.3}
.figures dd{margin:0;font-size:1.9rem;line-height:1.2;font-variant-numeric:tabular-nums}
.key{display:grid;grid-template-columns:6.5rem 1fr;gap:0 1.4rem;padding:1.3rem 0;border-top:1px solid var(--rule);break-inside:avoid}
.key h4{margin:0;font-size:1.1rem}
.key p{margin:.2rem 0}
.sev{display:inline-block;justify-self:start;align-self:start;padding:.12rem .55rem;border:1px solid transparent;border-radius:2px;font-size:.78rem;font-weight:600;line-height:1.5;white-space:nowrap}
.scroll{overflow-x:auto;margin:1.2rem 0 1.6rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.45}
caption,figcaption{text-align:left;font-size:.95rem;font-weight:600;padding:.4rem 0 .6rem}
th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--rule);overflow-wrap:break-word;max-width:26rem}
thead th{color:var(--quiet);font-size:.8rem;font-weight:600;border-bottom:1.5px solid var(--ink);vertical-align:bottom;line-height:1.25}
tbody th{font-weight:600}
tfoot th,tfoot td{border-bottom:0;border-top:1.5px solid var(--ink);font-weight:600}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.addr{font-variant-numeric:tabular-nums;overflow-wrap:break-word}
td small,th small{display:block;color:var(--quiet);font-weight:400;font-size:.8rem}
.line{display:block}
.id{display:inline-block;max-width:100%;white-space:nowrap;overflow-wrap:anywhere}
td .line,th .line,dd .line{white-space:nowrap}
td.addr,th.addr{min-width:9rem}
.name{overflow-wrap:break-word;min-width:8rem}
td.hash{font-family:ui-monospace,'Cascadia Mono',Menlo,'Liberation Mono',monospace;font-size:.78rem;overflow-wrap:anywhere;min-width:32ch;width:32ch}
th:last-child,td:last-child{padding-right:0}
figure{margin:1.6rem 0 2rem}
svg{display:block;width:100%}
.lanes{list-style:none;margin:0;padding:0;font-size:.82rem}
.lanes li,.axis{display:grid;grid-template-columns:17rem 1fr;gap:0 1.2rem}
.lanes li{align-items:end;border-bottom:1px solid var(--rule);break-inside:avoid}
.lanes span{padding:.3rem 0;line-height:1.3;overflow-wrap:anywhere}
.lanes small{color:var(--quiet);font-size:inherit}
.lanes svg{height:2.6rem}
.axis{font-size:.78rem;color:var(--quiet);padding:.4rem 0 .8rem;font-variant-numeric:tabular-nums}
.axis p{grid-column:2;display:grid;grid-template-columns:1fr 1fr 1fr;gap:1rem;margin:0;max-width:none;text-align:center}
.axis p>:first-child{text-align:left}
.axis p>:last-child{text-align:right}
.bar{height:1.1rem;margin:.2rem 0 .6rem}
.grid{fill:var(--rule)}.run{fill:var(--half)}
.decoded{fill:var(--accent)}.partly{fill:var(--half)}.not{fill:var(--raised)}.edge{fill:none;stroke:var(--quiet)}

.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.6rem 1rem;outline:3px solid var(--accent);z-index:1}
main:focus{outline:none}
.keys{padding-left:1.4rem;max-width:76ch;margin:0 0 1.6rem}
.keys li{padding:.35rem 0 .35rem .3rem}
.sure{color:var(--quiet);font-size:.92em}
.chart{overflow-x:auto;overflow-y:hidden}
.picture{min-width:54rem;font-family:system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif;font-size:13px;font-variant-numeric:tabular-nums}
.picture text{fill:var(--ink)}
.picture .quiet{fill:var(--quiet)}
.picture .strong{font-weight:600}
.picture .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.gridline{stroke:var(--rule);stroke-width:1}
.base{stroke:var(--ink);stroke-width:1}
.leader{stroke:var(--quiet);stroke-width:.8}
.flag{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:4 3}
.flagmark{fill:var(--ink)}
.picture .flagtext{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
.g-3g{fill:var(--g3)}.g-4g{fill:var(--g4)}.g-sms{fill:var(--gSms)}.g-gtp{fill:var(--gGtp)}.g-other{fill:var(--gOther)}
rect.g-4g,rect.g-sms,rect.g-gtp,rect.g-other{stroke:var(--ink);stroke-width:.4}
.dot{stroke:var(--ink);stroke-width:.9;fill-opacity:.85}
.dot.hollow{fill:var(--paper);stroke-width:1.8}
.dot.unseen{fill:var(--paper);stroke-dasharray:2 1.6;stroke-width:1.6}
.dot.g-3g.hollow,.dot.g-3g.unseen{stroke:var(--g3)}
.span{fill:var(--accent)}
.area{fill:var(--raised)}
.land{fill:#e6e2d6;stroke:var(--paper);stroke-width:.6}
.land.target{fill:#d3cbb4}.land.source{fill:#b3c6cf}
.flow{fill:var(--accent);fill-opacity:.55;stroke:var(--paper);stroke-width:.4}
.ring{fill:none;stroke:var(--accent);stroke-width:2}
.sourcedot{fill:var(--accent);stroke:var(--paper);stroke-width:1.4}
.targetdot{fill:var(--g4);stroke:var(--ink);stroke-width:1}
.swatches{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;padding:0;margin:.2rem 0 .8rem;max-width:none;font:.82rem/1.4 system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif}
.swatches li{display:flex;align-items:center;gap:.45rem}
.swatches svg{width:.95rem;height:.95rem;flex:none}
.terms{display:grid;gap:.5rem;max-width:68ch;font-size:.92rem}
.terms dt{font-weight:600}
.terms dd{margin:0}
.card{border-top:1.5px solid var(--ink);margin:2.4rem 0 0;padding-top:.4rem}
.card h3{margin:.4rem 0 .4rem;overflow-wrap:anywhere}
.card h4{margin:1.4rem 0 .4rem;font-size:1rem}
.card>p{margin:1rem 0}
.prose{min-width:13rem;max-width:34rem}
.notes{margin:.9rem 0;font-size:.92rem}
.others{border:1.5px dashed var(--quiet);background:var(--raised);padding:.2rem 1.2rem .4rem;margin:1.6rem 0 .6rem}
.others h4{margin:.8rem 0 .3rem}
.others p{margin:0;font-size:.92rem}
.others .scroll{margin:.6rem 0 .4rem}
.plain{margin:0;padding-left:1rem}
.weight{width:3.8rem;height:.4rem;margin-top:.3rem}
.matrix td,.matrix th{border-bottom:1px solid var(--paper)}
.matrix td{padding:.45rem .6rem;text-align:right}
.matrix thead th.num{padding-right:.6rem}
.matrix{width:auto}
.heat{font-size:.74rem}
.heat th,.heat td{border-bottom:1px solid var(--paper);padding:.3rem .25rem;max-width:none;vertical-align:middle}
.heat thead th{border-bottom:0;font-size:.7rem}
.heat thead tr:first-child th{font-size:.78rem;color:var(--ink)}
.heat thead [colspan]{border-left:1px solid var(--rule)}
.heat thead tr:last-child th{border-bottom:1.5px solid var(--ink);font-weight:400;padding-left:0}
.heat .name{width:11.5rem;min-width:8rem;padding-right:.6rem;position:sticky;left:0;background:var(--paper)}
.heat td.num{border-right:1px solid var(--paper)}
.unsure{fill:var(--half);fill-opacity:.45}
.own{background:var(--raised);font-weight:600}
.shade-0{color:var(--quiet)}.shade-1{background:#e3ecf0}.shade-2{background:#bdd3dd}.shade-3{background:#8fb5c6}.shade-4{background:#2b6a88;color:#fff}.shade-5{background:#0f4059;color:#fff}
.benign{background:var(--raised);padding:.8rem 1.2rem;font-size:.92rem;max-width:72ch;margin:.9rem 0 0}
.benign p{margin:0;font-weight:600}
.benign ul{margin:.2rem 0 0;padding-left:1.1rem}
.finding{padding:1.4rem 0 1.5rem;border-bottom:1px solid var(--rule);break-inside:avoid}
.finding h4{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline;margin:0 0 .5rem;font-size:1rem;overflow-wrap:anywhere}
.finding p{overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:.7rem 1.6rem;margin:.8rem 0 0;font-size:.875rem;line-height:1.4}
.facts dt{color:var(--quiet);font-size:.78rem}
.facts dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.facts .wide{grid-column:span 2}
@media screen and (max-width:44rem){
body{font-size:1rem}
header,main,footer{padding-left:1.1rem;padding-right:1.1rem}
header{padding-top:2rem}
h1{font-size:1.8rem}
h2{font-size:1.4rem;margin-top:3rem}
.lede{font-size:1.1rem}
.figures{grid-template-columns:repeat(2,1fr)}
.key{grid-template-columns:1fr;gap:.4rem}
.facts{grid-template-columns:repeat(2,1fr)}
.lanes li,.axis{grid-template-columns:1fr}
.axis p{grid-column:1}
.lanes svg{height:1.6rem}
.lanes span{padding-bottom:.1rem}
table.some{min-width:36rem}
.heat{min-width:54rem}
.chart,.scroll{background:linear-gradient(to right,var(--paper) 30%,transparent) 0/2.5rem 100% no-repeat local,linear-gradient(to left,var(--paper) 30%,transparent) 100%/2.5rem 100% no-repeat local,linear-gradient(to right,var(--rule),transparent) 0/.6rem 100% no-repeat,linear-gradient(to left,var(--rule),transparent) 100%/.6rem 100% no-repeat}
.heat .name{width:7.5rem;min-width:7.5rem}
caption{padding-right:max(0px,calc(100% - 100vw + 2.2rem))}
table.many{min-width:70rem}
}
@page{size:A4;margin:16mm 15mm 18mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:8pt system-ui,'Liberation Sans',Arial,sans-serif;color:#565c62}}
@media print{

html{font-size:9.5pt}
body{line-height:1.45}
#summary h2{margin-top:1.2rem}
#summary .figures{margin:1rem 0}
.keys li{padding:.15rem 0 .15rem .3rem}
.notice{margin:1rem 0}
.key{grid-template-columns:5rem 1fr;padding:.8rem 0}
header,main,footer{max-width:none;padding:0}
.contents{display:none}
h1{font-size:2.1rem}
h2{margin-top:3rem}
h2,h3,h4,caption,figcaption{break-after:avoid}
tr,.notice,.benign{break-inside:avoid}
p,.notes{break-inside:avoid}
thead,.bar,.legend,.benign,.finding h4,p:has(+figure),p:has(+.scroll),.swatches:has(+.chart){break-after:avoid}
tbody tr:nth-child(-n+3),tbody tr:nth-last-child(-n+3),.more{break-before:avoid}
.scroll:has(>.heat),.scroll:has(>.matrix){break-inside:avoid}
.heat{font-size:.62rem}
.heat th,.heat td{padding:.22rem .1rem}
.heat thead th,.heat thead tr:first-child th{font-size:.6rem}
.heat .name{width:9rem;min-width:0;padding-right:.3rem}
.finding{padding:.8rem 0 .9rem}
.finding h4{margin:0 0 .25rem}
.finding p{margin:0;max-width:none;font-size:.92rem}
.finding .facts{grid-template-columns:repeat(6,1fr);gap:.3rem 1rem;margin:.4rem 0 0;font-size:.74rem}
.finding .facts dt{font-size:.68rem}
thead{display:table-header-group}
.figures{grid-template-columns:repeat(6,1fr)}
.figures dd{font-size:1.5rem}
.lanes li,.axis{grid-template-columns:15rem 1fr}
.scroll,.chart{overflow:visible}
.picture{min-width:0;font-size:13px}
figure,.card .facts,.key{break-inside:avoid}
section>h2{break-before:auto}
#findings,#annex{break-before:page}
#findings h2,#annex h2{margin-top:0}
.skip{display:none}
.prose{min-width:0}
.picture,.swatches svg,.matrix td,.heat td,.weight,.bar{-webkit-print-color-adjust:exact;print-color-adjust:exact}
main a[href^="#"]{color:inherit;text-decoration:none}
table.some,table.many{min-width:0}
table{font-size:.74rem}
thead th,td small,th small,td .sev{font-size:.68rem}
td .sev{padding:0 .3rem}
th,td{padding:.28rem .5rem .28rem 0}
td.addr,th.addr{min-width:7rem}
.name{min-width:6rem}
td.hash{min-width:0;font-size:.68rem}
.sev,.notice,.benign,.others{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`

/** The whole style sheet, a constant. */
export const STYLE = [
  `:root{color-scheme:light;${variables({ ...LIGHT, ...GENERATION_FILLS })}}`,
  RULES.trim(),
  ...['critical', 'high', 'medium', 'low', 'info'].map(
    (name) => `.sev.${name}{background:var(--${name}Back);color:var(--${name}Ink)}`,
  ),
  ...['critical', 'high'].map((name) => `rect.${name}{fill:var(--${name}Back)}`),
  'rect.medium{fill:var(--mediumBack)}rect.low,rect.info{fill:var(--half)}',
  '.sev.low,.sev.info{border-color:currentColor}.sev.info{border-style:dashed}',
].join('\n')

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}
