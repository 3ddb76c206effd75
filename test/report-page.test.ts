import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type HtmlOptions, renderHtml } from '../src/report/html.ts'
import { Browser, hasChromium, type Page } from './browser.ts'
import { emptyCase, largeCase, type ReportCase, smallCase } from './report-case.vectors.ts'

const folder = mkdtempSync(join(tmpdir(), 'telltale-pages-'))
after(() => rmSync(folder, { recursive: true }))

const cases = [await emptyCase(), await smallCase(), await largeCase()]
const pages = new Map(cases.map((one) => [one.name, page(one)]))

const ALWAYS = ['summary', 'examined', 'findings', 'coverage', 'not-checked', 'method', 'annex', 'versions']
const COUNTED = [
  'rankings',
  'types',
  'over-time',
  'map',
  'roaming',
  'scale',
  'matrix',
  'campaigns',
  'subscribers',
  'dossiers',
  'explanations',
]
const VOID = new Set(['meta', 'wbr'])

function page({ kase, findings, campaigns, dossiers, facts }: ReportCase, options: HtmlOptions = {}): string {
  return renderHtml(kase, findings, { campaigns, dossiers, facts, ...options })
}

function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

for (const { name } of cases) {
  const html = pages.get(name) ?? ''

  test(`${name}: every section of its kind is there, and in the contents`, () => {
    const sections = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)
    for (const id of ALWAYS) assert.ok(sections.includes(id), `no section ${id}`)
    for (const id of COUNTED) assert.equal(sections.includes(id), name !== 'empty', id)
    for (const id of sections) assert.ok(html.includes(`<a href="#${id}">`), `${id} is not in the contents`)
  })

  test(`${name}: under 3 MB, one document, nothing to fetch or run`, () => {
    assert.ok(Buffer.byteLength(html) < 3_000_000, `${Buffer.byteLength(html)} octets`)
    assert.doesNotMatch(
      html,
      /<script|<link|<img|<iframe|<object|\s(?:src|srcset|style|on\w+)=|https?:|url\(|@import|data:/i,
    )
    assert.doesNotMatch(html.replace(/<style>.*?<\/style>/s, ''), /NaN|Infinity|undefined|\[object/)
  })

  test(`${name}: tags are balanced, ids single, references found, headings in order`, () => {
    const open: string[] = []
    for (const [tag, slash, element = '', empty] of html.matchAll(/<(\/?)([a-zA-Z0-9]+)[^>]*?(\/?)>/g)) {
      if (VOID.has(element) || empty === '/') continue
      if (slash === '/') assert.equal(open.pop(), element, tag)
      else open.push(element)
    }
    assert.deepEqual(open, [])
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '')
    assert.equal(new Set(ids).size, ids.length)
    for (const [, names = ''] of html.matchAll(/ (?:aria-labelledby|href)="#?([^"]*)"/g)) {
      for (const id of names.split(' ')) assert.ok(ids.includes(id), `no element ${id}`)
    }
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    for (const [index, level] of levels.entries())
      assert.ok(level <= (levels[index - 1] ?? 0) + 1, `h${level} at ${index}`)
    assert.equal(
      html.match(/<svg[^>]*role="img"/g)?.length ?? 0,
      html.match(/<svg[^>]*><title[^>]*>[^<]+<\/title><desc/g)?.length ?? 0,
    )
    assert.equal(html.match(/<table/g)?.length, html.match(/<caption/g)?.length)
    assert.doesNotMatch(html, /<th(?! scope=)[ >]/)
  })

  test(`${name}: no identity in clear, no network called guilty`, () => {
    assert.doesNotMatch(html, /00101\d{10}|61491570\d{3}/)
    assert.doesNotMatch(textOf(html), /\b(?:clean|guilty|attacker|culprit|safe)\b/i)
  })
}

test('without findings it says what was read, what was judged, and what could not be', () => {
  const text = textOf(pages.get('empty') ?? '')
  assert.match(
    text,
    /no finding was made\. No finding by the 1 check that ran\. That is not the same as no surveillance/,
  )
  assert.match(text, /1 check ran|checks? ran/)
  assert.match(text, /What could not be seen .*Limits of this run/)
})

test('page one tells campaigns, leaders and the move to 4G in sentences with their confidence', () => {
  const text = textOf(pages.get('large') ?? '')
  assert.match(text, /Key findings \d* ?.*went after .*Confidence: high \(0\.85\)/)
  assert.match(text, /Over 3G signalling, most attempts came from addresses of/)
  assert.match(text, /4G carried \d+\.\d % of the 3G and 4G attempts in 2018 and \d+\.\d % in 2020/)
  assert.match(text, /Move from 3G to 4G: April 2019, ± 3 days/)
  assert.match(text, /Somebody who leases the addresses .*0\.55/)
})

test('changes are dated, shares told by month, and a campaign says what it does', () => {
  const html = pages.get('large') ?? ''
  const text = textOf(html)
  assert.match(text, /Dated changes .*Example Telecom China fades .*1 October 2018, ± 4 days/)
  assert.match(
    text,
    /Requests from Example Telecom China faded on 1 October 2018, ± 4 days; those from Example Guyana rose/,
  )
  assert.match(
    text,
    /3G signalling \(SS7: MAP, CAP, ISUP\): share of attempts by network, per cent Network 2018 2019 2020 All Jan Feb/,
  )
  const card = textOf(/<article class="card" id="campaign-1">.*?<\/article>/s.exec(html)?.[0] ?? '')
  assert.match(
    card,
    /What it does Its addresses take turns on one subscriber CMP-03 Up to 9 addresses .* \(p.=.2\.6.×.10⁻⁹\)\./,
  )
  assert.match(card, /Mass or targeted Targeted: 40 subscribers, [\d.]+ attempts each\. Mass begins at 50 subscribers/)
  assert.doesNotMatch(card, /CMP-07/)
  assert.match(card, /Where the subscribers were Where they were is known of|Whether the .* abroad is not known/)
})

test('a dossier tells whom each address speaks for, where they disagree, and when its tooling changed', () => {
  const text = textOf(pages.get('large') ?? '')
  assert.match(
    text,
    /Whom the addresses of \S+ speak for .*SCCP title .*Example Telecom China, China \(CN\) .*Point code 4001 Example Guyana/,
  )
  assert.match(text, /The addresses disagree: sccp title \S+ is of CN, point code 4001 of GY\./)
  assert.match(text, /Its tooling changed from s12_e11221c1c04c to s12_7c2204e597a8 on 1 January 2018\./)
})

test('a copy for publication shows no small group and tells of no single subscriber', () => {
  const [, , large] = cases
  assert.ok(large !== undefined)
  const html = page(large, { minimumCount: 500 })
  const text = textOf(html)
  assert.match(text, /fewer than 500/)
  assert.match(text, /Stories of single subscribers are left out/)
  assert.doesNotMatch(text, /IMSI \d|MSISDN \d/)
  // what a pattern is made of counts subscribers
  assert.match(text, /Its addresses take turns on one subscriber CMP-03/)
  assert.doesNotMatch(text, /on 7 occasions/)
  const cells = [...html.matchAll(/<table class="(?:some|many)">.*?<\/table>/gs)].map(([table]) => table)
  for (const table of cells.filter((one) => one.includes('>Subscribers</th>'))) {
    const heads = [...table.matchAll(/<th scope="col"[^>]*>([^<]*)/g)].map(([, head]) => head)
    const column = heads.indexOf('Subscribers')
    for (const [row] of (table.split('<tbody>')[1] ?? '').matchAll(/<tr>.*?<\/tr>/gs)) {
      const values = [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, value]) => value ?? '')
      const count = Number((values[column] ?? '').replaceAll(',', ''))
      assert.ok(Number.isNaN(count) || count === 0 || count >= 500, row)
    }
  }
})

test('the numbers of a ranking add up to its year', () => {
  const [, , large] = cases
  assert.ok(large !== undefined)
  const { years, networks, countries, total, periods, classTotals } = large.facts
  for (const { year, generation, attempts } of years) {
    for (const rows of [networks, countries]) {
      const own = rows.filter((row) => row.year === year && row.generation === generation)
      assert.equal(
        own.reduce((sum, row) => sum + row.attempts, 0),
        attempts,
      )
      assert.ok(Math.abs(own.reduce((sum, row) => sum + row.share, 0) - 1) < 1e-9)
    }
  }
  assert.equal(
    years.reduce((sum, row) => sum + row.attempts, 0),
    total.attempts,
  )
  assert.equal(
    periods.reduce((sum, row) => sum + row.attempts, 0),
    total.attempts,
  )
  assert.equal(
    classTotals.reduce((sum, row) => sum + row.findings, 0),
    10_000,
  )
})

/** The axe-core library as text; null where it is not installed. */
function axeSource(): string | null {
  try {
    return readFileSync(
      process.env.TELLTALE_AXE ?? createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    )
  } catch {
    return null
  }
}

describe('in Chromium', { skip: hasChromium ? false : '/usr/bin/chromium is not installed' }, () => {
  let browser: Browser
  before(() => {
    browser = new Browser()
  })
  after(() => browser.close())

  const opened = new Map<string, Promise<Page>>()
  const open = (name: string): Promise<Page> => {
    const known = opened.get(name)
    if (known !== undefined) return known
    const path = join(folder, `${name}.html`)
    writeFileSync(path, pages.get(name) ?? '')
    const page = browser.open(pathToFileURL(path).href)
    opened.set(name, page)
    return page
  }

  for (const { name } of cases) {
    test(`${name}: no error, no request beside the document`, async () => {
      const { log } = await open(name)
      assert.deepEqual(log.problems, [])
      assert.equal(log.requests.length, 1, log.requests.join(' '))
    })

    for (const [width, media] of [
      [1280, 'screen'],
      [390, 'screen'],
      [680, 'print'],
    ] as const) {
      test(`${name}: nothing sticks out at ${width} px, ${media}`, async () => {
        const view = await open(name)
        await view.show(width, 900, media)
        assert.equal(await view.evaluate('document.documentElement.scrollWidth'), width)
        // on paper nothing scrolls: what is wider than the page is cut off
        const outside = media === 'screen' ? 'main>section>*:not(.scroll)' : 'main *'
        const found = await view.evaluate(
          `[...document.querySelectorAll('${outside}')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))`,
        )
        assert.deepEqual(found, [])
      })
    }

    test(`${name}: no label of a chart covers another or leaves its picture`, async () => {
      const view = await open(name)
      await view.show(1280, 900, 'screen')
      const found = await view.evaluate<string[]>(OVERLAPS)
      assert.deepEqual(found.slice(0, 10), [])
    })

    const axe = axeSource()
    test(`${name}: axe-core finds nothing serious`, {
      skip: axe === null ? 'axe-core is not installed' : false,
    }, async () => {
      const view = await open(name)
      await view.show(1280, 900, 'screen')
      await view.evaluate(axe ?? '')
      const found = await view.evaluate<{ id: string; impact: string; nodes: string[] }[]>(
        `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)) })))`,
      )
      assert.deepEqual(
        found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
        [],
      )
    })
  }

  test('the page prints on A4 with its summary on the first pages', async () => {
    const view = await open('small')
    const pdf = await view.pdf()
    const boxes = pdf.toString('latin1').match(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/g)
    assert.ok(boxes !== null && boxes.length > 2)
  })
})

/** Pairs of texts of one picture whose boxes share more than a sliver, and texts outside their picture. */
const OVERLAPS = `[...document.querySelectorAll('svg.picture')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
  const outside = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
  const pairs = []
  for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
    const a = texts[i].box, b = texts[j].box
    const w = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    if (w > 2 && h > 4) pairs.push(svg.querySelector('title').textContent + ': ' + texts[i].text + ' / ' + texts[j].text)
  }
  return [...pairs, ...outside.map(({ text }) => svg.querySelector('title').textContent + ' outside: ' + text)]
})`
