/** Every test of what is mutated in one file: a mutant then costs one import of the engine instead of twenty. */
import.meta.glob(
  ['./patch/*.test.ts', '../src/{patch,compatibility}/*.test.ts', '../src/request/check-precondition.test.ts'],
  { eager: true },
)
