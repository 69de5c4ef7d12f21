// npm run mutation: changes the sources one place at a time, and runs the tests that reach the place.
//   npm run mutation                              every mutant of every package: hours
//   npm run mutation -- store-sql --mutate 'src/query/*.ts'
//   npm run mutation -- --sample 60 --seed abc    60 mutants in equal parts from the packages; fails below --bound percent
// Stryker writes into the sources while it runs, so all of this happens in a copy below the temporary folder.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { isInstalled, root, run } from './run.mjs'
import { install } from './setup.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    bound: { type: 'string', default: '75' },
    mutate: { type: 'string' },
    concurrency: { type: 'string' },
  },
})
const packages = positionals.length > 0 ? positionals : findPackages()
const seed = options.seed ?? findSeed()
const left = new Set(['.git', '.turbo', 'coverage', 'dist', 'reports'])

if (!isInstalled()) await install()
const copy = copyTree()
process.once('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }))
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end)

if (options.sample !== undefined) console.log(`${options.sample} mutants of ${packages.join(', ')}, seed ${seed}`)
let failed = false
const noticed = { noticed: 0, all: 0 }
for (const name of packages) {
  const status = await mutate(name)
  const { mutants, survivors } = readReport(name)
  for (const survivor of survivors) console.log(survivor)
  console.log(`${name}: ${mutants - survivors.length} of ${mutants} noticed`)
  noticed.noticed += mutants - survivors.length
  noticed.all += mutants
  failed ||= status !== 0 || mutants === 0
}
const score = (100 * noticed.noticed) / noticed.all
if (options.sample !== undefined) {
  console.log(
    `${noticed.noticed} of ${noticed.all} mutants noticed, ${score.toFixed(1)} %; the bound is ${options.bound} %`,
  )
  failed ||= score < Number(options.bound)
}
process.exit(failed ? 1 : 0)

function end() {
  ending.abort()
  process.exit(1)
}

function findPackages() {
  return readdirSync(join(root, 'packages')).filter((name) => existsSync(configOf(root, name)))
}

function configOf(tree, name) {
  return join(tree, 'packages', name, 'stryker.config.json')
}

/** The commit, so that CI tries other mutants each time and a failure can be tried again. */
function findSeed() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return new Date().toISOString().slice(0, 10)
  }
}

/** Links between packages are relative, and so lead into the copy; those to the outside lead to what is installed here. */
function copyTree() {
  const tree = mkdtempSync(join(tmpdir(), 'scimkit-mutation-'))
  const installed = join(root, 'node_modules')
  cpSync(root, tree, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== installed && !left.has(basename(path)),
  })
  symlinkSync(installed, join(tree, 'node_modules'), 'junction')
  return tree
}

async function mutate(name) {
  const file = configOf(copy, name)
  const config = JSON.parse(readFileSync(file, 'utf8'))
  const sampling = options.sample !== undefined && {
    plugins: [...config.plugins, join(root, 'tools/workspace/sample-mutants.mjs')],
    checkers: ['sample'],
    sample: { size: Math.ceil(Number(options.sample) / packages.length), seed },
    warnings: { unknownOptions: false, slow: false },
    reporters: ['json'],
    thresholds: { ...config.thresholds, break: null },
  }
  const wanted = {
    ...config,
    ...sampling,
    mutate: options.mutate?.split(',') ?? config.mutate,
    concurrency: Number(options.concurrency ?? config.concurrency),
  }
  writeFileSync(file, JSON.stringify(wanted))
  const stryker = join(copy, 'packages', name, 'node_modules', '.bin', 'stryker')
  return run(stryker, ['run', '--logLevel', sampling ? 'error' : 'info'], {
    cwd: join(copy, 'packages', name),
    signal: ending.signal,
  })
}

/** Keeps the report, which outlives the copy. */
function readReport(name) {
  const report = join('reports', 'mutation', `${name}.json`)
  if (!existsSync(join(copy, report))) return { mutants: 0, survivors: [] }
  mkdirSync(join(root, 'reports', 'mutation'), { recursive: true })
  cpSync(join(copy, report), join(root, report))
  const { files } = JSON.parse(readFileSync(join(root, report), 'utf8'))
  const mutants = Object.entries(files).flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file })))
  const tried = mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
  const survivors = tried.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  return { mutants: tried.length, survivors: survivors.map((mutant) => describe(join('packages', name), mutant)) }
}

function describe(folder, { file, location: { start, end }, mutatorName, replacement, status }) {
  const lines = readFileSync(join(copy, folder, file), 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  const given = lines
    .join('\n')
    .slice(start.column - 1)
    .split('\n')[0]
    .trim()
  const unreached = status === 'NoCoverage' ? ', which no test reaches' : ''
  return `survived${unreached}: ${relative('.', join(folder, file))}:${start.line}:${start.column} ${mutatorName}: ${given} → ${replacement}`
}
