import { chownSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { chooseAccount } from './account.ts';
import type { RunCommand } from './run-command.ts';

const OWNED_BY_ROOT = '/usr';
const clusterDir = '/no/such/cluster';
const own = process.getuid?.() ?? -1;

/** A system with these users, as `id`, `useradd` and `chown` show it. */
function aSystem({ users, canAdd = false }: { users: Record<string, number>; canAdd?: boolean }) {
  const known = { ...users };
  const commands: string[] = [];
  const run: RunCommand = async (program, args) => {
    commands.push([program, ...args].join(' '));
    const name = args.at(-1) ?? '';
    if (program === 'chown') return { code: 0, lines: [] };
    if (program === 'id')
      return name in known ? { code: 0, lines: [`${known[name]}`] } : { code: 1, lines: ['no such user'] };
    if (!canAdd) throw new Error('spawn useradd ENOENT');
    known[name] = 998;
    return { code: 0, lines: [] };
  };
  return { run, commands };
}

describe('chooseAccount', () => {
  it('stays with our own user when that is not root', async () => {
    expect(await chooseAccount({ clusterDir, uid: 1000 })).toBeUndefined();
  });

  it('takes the user postgres under root where the system has it', async () => {
    const { run } = aSystem({ users: { postgres: 101, 'chatwarden-postgres': 998 } });
    expect(await chooseAccount({ clusterDir, uid: 0, run })).toEqual({ name: 'postgres', uid: 101, gid: 101 });
  });

  it('makes a system user of its own where there is none', async () => {
    const { run, commands } = aSystem({ users: {}, canAdd: true });
    expect(await chooseAccount({ clusterDir, uid: 0, run })).toEqual({
      name: 'chatwarden-postgres',
      uid: 998,
      gid: 998,
    });
    expect(commands.filter((command) => command.startsWith('useradd'))).toHaveLength(1);
  });

  it('says what to run when no user can be made', async () => {
    const choice = chooseAccount({ clusterDir, uid: 0, run: aSystem({ users: {} }).run });
    await expect(choice).rejects.toMatchObject({ code: 'no-account' });
    await expect(choice).rejects.toThrow(/Run "useradd --system .* chatwarden-postgres" \(failed here: .*ENOENT\)/);
  });

  it("refuses another user's data when we are not root", async () => {
    const choice = chooseAccount({ clusterDir: aFolder(), uid: own + 1 });
    await expect(choice).rejects.toThrow(`belongs to user ${own}. Run as that user or as root`);
  });

  it('runs as the owner of data that are there already', async () => {
    const folder = aFolder();
    const [uid, gid] = own === 0 ? [1234, 1235] : [own, process.getgid?.() ?? -1];
    chownSync(folder, uid, gid);
    const { run } = aSystem({ users: { postgres: 101 } });
    expect(await chooseAccount({ clusterDir: folder, uid: 0, run })).toEqual({ name: `#${uid}`, uid, gid });
  });

  it('hands data that a restore gave to root back to the server', async () => {
    const { run, commands } = aSystem({ users: { postgres: 101 } });
    await chooseAccount({ clusterDir: OWNED_BY_ROOT, uid: 0, run });
    expect(commands).toContain(`chown -R 101:101 ${OWNED_BY_ROOT}`);
  });
});
