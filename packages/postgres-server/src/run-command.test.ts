import { describe, expect, it } from 'vitest';
import { runAs } from './run-command.ts';

const account = { name: 'warden', uid: 101, gid: 104 };

describe('runAs', () => {
  it('starts the program itself, as our own user when no other is wanted', () => {
    const { file, args, options } = runAs(undefined, '/bin/postgres', ['--version']);
    expect([file, ...args]).toEqual(['/bin/postgres', '--version']);
    expect(options).not.toHaveProperty('uid');
  });

  it('starts the program itself as the account where that can reach it', () => {
    const { file, args, options } = runAs(account, '/bin/postgres', ['--version']);
    expect([file, ...args]).toEqual(['/bin/postgres', '--version']);
    expect(options).toMatchObject({ uid: 101, gid: 104 });
  });

  it('hands one capability on, and no other, to an account that must pass closed folders', () => {
    const { file, args, options } = runAs({ ...account, passesClosedFolders: true }, '/bin/postgres', ['--version']);
    expect([file, ...args].join(' ')).toBe(
      'setpriv --reuid=101 --regid=104 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search ' +
        '--securebits=+no_setuid_fixup /bin/postgres --version',
    );
    // setpriv itself needs root to become another user.
    expect(options).not.toHaveProperty('uid');
  });
});
