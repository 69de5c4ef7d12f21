/** Every test that needs no other process in one file: a mutant then costs one import of the store instead of ten. */
import.meta.glob(
  [
    '../src/**/*.test.ts',
    './{backup,contract,cursor-secrets,faults,feed,members,queries,resources,transactions}.test.ts',
  ],
  { eager: true },
)
