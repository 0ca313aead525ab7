import { describe, expect, test } from 'vitest'
import { importsOf, sources, withoutComments, type Import } from './imports.ts'

const files = sources()
const imports = [...files].flatMap(([file, source]) => importsOf(file, source))
const within = imports.filter(i => !i.isPackage)
const said = (found: Import[]) => found.map(i => `${i.from} asks for ${i.to}`)
const folder = (file: string, n = 1) => file.split('/').slice(0, -1)[n]

describe('Given every file of the house', () => {
  test('there are files, and every import of our own leads to one', () => {
    expect(files.size).toBeGreaterThan(100)
    const known = (to: string) => files.has(to) || /\.(json|css|sql|svg)$/.test(to) || to.startsWith('node_modules')
    expect(said(within.filter(i => !known(i.to)))).toEqual([])
  })

  test('the reader of imports sees each way of asking', () => {
    const source = `import type { A } from './a.ts'\nimport {\n  b,\n} from '../b.ts'\nimport './c.css'\nexport { d } from 'd'\nconst e = () => import('@duty/shared/e.ts')\n// import x from './x.ts'\n`
    expect(importsOf('client/wall/w.tsx', source)).toEqual([
      { from: 'client/wall/w.tsx', to: 'client/wall/a.ts', isPackage: false, isType: true },
      { from: 'client/wall/w.tsx', to: 'client/b.ts', isPackage: false, isType: false },
      { from: 'client/wall/w.tsx', to: 'client/wall/c.css', isPackage: false, isType: false },
      { from: 'client/wall/w.tsx', to: 'd', isPackage: true, isType: false },
      { from: 'client/wall/w.tsx', to: 'shared/e.ts', isPackage: false, isType: false },
    ])
  })

  test('no folder is entered through a barrel', () => {
    expect([...files.keys()].filter(f => /\/index\.(ts|tsx|mjs)$/.test(f))).toEqual([])
    const code = (source: string) => withoutComments(source).split('\n').filter(line => line.trim())
    const onlyHandsOn = (source: string) => code(source).length > 0 && code(source).every(line => /^export (type )?(\*|\{).* from /.test(line))
    expect(onlyHandsOn(`export { a } from './a.ts'\nexport * from './b.ts'\n`)).toBe(true)
    expect([...files].filter(([, source]) => onlyHandsOn(source)).map(([file]) => file)).toEqual([])
  })

  test('no file that runs asks for itself in a circle', () => {
    const settled = new Set<string>()
    const circles: string[] = []
    const walk = (file: string, way: string[]): void => {
      if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
      if (settled.has(file)) return
      for (const i of within) if (i.from === file && !i.isType) walk(i.to, [...way, file])
      settled.add(file)
    }
    for (const file of files.keys()) walk(file, [])
    expect(circles).toEqual([])
  })
})

describe('Given shared: kernel ◀ a noun ◀ shared/*.ts', () => {
  const shared = within.filter(i => i.from.startsWith('shared/'))
  const layer = (file: string) => (folder(file) === undefined ? 2 : folder(file) === 'kernel' ? 0 : 1)

  test('it asks for nothing outside itself, and nothing above', () => {
    expect(said(shared.filter(i => !i.to.startsWith('shared/')))).toEqual([])
    expect(said(shared.filter(i => layer(i.to) > layer(i.from)))).toEqual([])
  })

  test('nouns never import each other: what they all cite is the reference', () => {
    expect(said(shared.filter(i => layer(i.from) === 1 && layer(i.to) === 1 && folder(i.to) !== folder(i.from) && folder(i.to) !== 'reference'))).toEqual([])
  })

  test('it has no I/O, clock, randomness or environment', () => {
    const packages = imports.filter(i => i.isPackage && i.from.startsWith('shared/')).map(i => i.to)
    expect([...new Set(packages)].toSorted()).toEqual(['uuid', 'zod'])
    const impure =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bprocess\.|\bglobalThis\b|\bwindow\b|\bdocument\b|\bcrypto\b|\bperformance\.|\bfetch\(|\bset(Timeout|Interval)\(|\brequire\(|\bconsole\.|\bimport\.meta\b|\bv[147]\(/
    for (const probe of ['new Date()', 'Date.now()', 'Math.random()', 'process.env.X', 'v7()']) expect(probe).toMatch(impure)
    expect('new Date(ms)').not.toMatch(impure)
    const found = [...files].flatMap(([file, source]) => (file.startsWith('shared/') ? (withoutComments(source).match(impure) ?? []).slice(0, 1).map(what => `${file}: ${what}`) : []))
    expect(found).toEqual([])
  })
})

describe('Given the server: db ◀ book ◀ live ◀ identity ◀ http, courier, paper ◀ room ◀ main', () => {
  const server = within.filter(i => i.from.startsWith('server/'))
  /** What stands at the root of the server, from those that everything may know to those that know everything. */
  const AT_ROOT: Record<string, number> = { 'log.ts': 0, 'config.ts': 0, 'metrics.ts': 2, 'rules.ts': 2, 'seed.ts': 5, 'room.ts': 6, 'main.ts': 7, 'start.mjs': 8 }
  const FOLDERS: Record<string, number> = { db: 0, book: 1, live: 2, identity: 3, http: 4, courier: 4, paper: 4, dev: 8 }
  const layer = (file: string) => (folder(file) === undefined ? AT_ROOT[file.split('/')[1]!] : FOLDERS[folder(file)!])

  test('every file has its layer, and asks only for its own or what is below', () => {
    expect([...files.keys()].filter(f => f.startsWith('server/') && layer(f) === undefined)).toEqual([])
    const ours = server.filter(i => i.to.startsWith('server/'))
    expect(said(ours.filter(i => layer(i.to)! > layer(i.from)!))).toEqual([])
    expect(said(ours.filter(i => folder(i.to) !== folder(i.from) && layer(i.to) === layer(i.from) && layer(i.from)! > 1))).toEqual([])
  })

  test('it never asks for the client, and the book knows no noun', () => {
    expect(said(server.filter(i => i.to.startsWith('client/')))).toEqual([])
    const nouns = server.filter(i => /^server\/(db|book)\//.test(i.from) && i.to.startsWith('shared/') && !i.to.startsWith('shared/kernel/') && !i.isType)
    expect(said(nouns)).toEqual([])
  })
})

describe('Given the client: sync, parts ◀ wall | desk | phone | office ◀ main', () => {
  const client = within.filter(i => i.from.startsWith('client/'))
  const FACES = ['wall', 'desk', 'phone', 'office']

  test('it never asks for the server, and faces never for each other', () => {
    expect(said(client.filter(i => i.to.startsWith('server/')))).toEqual([])
    const face = (file: string) => FACES.find(f => f === folder(file))
    expect(said(client.filter(i => face(i.to) && face(i.from) !== face(i.to) && i.from !== 'client/main.tsx'))).toEqual([])
    expect(said(client.filter(i => i.to === 'client/main.tsx'))).toEqual([])
    expect(said(client.filter(i => folder(i.from) === 'sync' && folder(i.to) === 'parts'))).toEqual([])
  })

  test('what runs in a browser never reaches zod', () => {
    const way = new Map<string, string>()
    const reach = (file: string, by: string): void => {
      if (way.has(file)) return
      way.set(file, `${by} → ${file}`)
      for (const i of imports) if (i.from === file && !i.isType) reach(i.to, way.get(file)!)
    }
    reach('client/main.tsx', 'the browser')
    expect(way.size).toBeGreaterThan(50)
    expect(way.get('zod') ?? 'never').toBe('never')
    expect([...way.keys()].filter(f => f.startsWith('node:'))).toEqual([])
  })
})
