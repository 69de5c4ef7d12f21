import { migrate, openSqlite } from '../src/index.js'
import { migrations } from '../src/sqlite/migrations.js'

// Migrates the file of the first argument and kills itself after as many statements as the second one says.
const [file = '', statements = '0'] = process.argv.slice(2)
const database = openSqlite(file)
const { execute } = database.writer
let left = Number(statements)

function executeAndDie(text: string): void {
  const isStep = migrations.some((migration) => migration.statements === text)
  for (const statement of isStep ? text.split(/;\n/) : [text]) {
    if (statement.trim() === '') continue
    if (left-- === 0) process.kill(process.pid, 'SIGKILL')
    execute(statement)
  }
}

Object.assign(database.writer, { execute: executeAndDie })
await migrate(database)
process.stdout.write('migrated\n')
