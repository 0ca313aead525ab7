import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const WORKSPACES = ['shared', 'server', 'client']
const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** One file of the house asking for another, or for a package. */
export interface Import {
  from: string
  /** A path from the root of the house, or the name of a package. */
  to: string
  isPackage: boolean
  /** Gone once the types are stripped. */
  isType: boolean
}

/** A source without its comments, so that words about code are not taken for code. */
export const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** What a file asks for. */
export function importsOf(file: string, source: string): Import[] {
  return [...withoutComments(source).matchAll(STATEMENT)].map(([, type, still, later]) => {
    const said = (still ?? later)!
    const ours = said.startsWith('@duty/') ? said.slice('@duty/'.length) : said.startsWith('.') ? normalize(join(dirname(file), said)) : null
    return { from: file, to: ours ?? said, isPackage: ours === null, isType: type !== undefined }
  })
}

/** Every source file of the house but its tests, by its path from the root. */
export function sources(): Map<string, string> {
  const found = new Map<string, string>()
  for (const workspace of WORKSPACES)
    for (const entry of readdirSync(join(root, workspace), { recursive: true, withFileTypes: true })) {
      const file = relative(root, join(entry.parentPath, entry.name))
      if (entry.isFile() && /\.(ts|tsx|mjs)$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file)) found.set(file, readFileSync(join(root, file), 'utf8'))
    }
  return found
}
