import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { prepareDataFolder, requireEnterable } from './data-folder.ts';
import type { PostgresServerError } from './postgres-server-error.ts';

const asRoot = process.getuid?.() === 0;
/** Only root can run a program as another user; anyone else stands in for the account. */
const [uid, gid] = asRoot ? [4321, 4321] : [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
const account = { name: 'warden', uid, gid };

describe('prepareDataFolder', () => {
  it('says so when the folder is a file', async () => {
    const file = join(aFolder(), 'file');
    writeFileSync(file, '');
    await expect(prepareDataFolder(file, undefined)).rejects.toThrow(`The data folder ${file} can't be made`);
  });

  it('opens what it makes to the account and to no other group', async () => {
    const folder = await prepareDataFolder(join(aFolder(), 'above', 'data'), account);
    expect(statSync(folder).gid).toBe(gid);
    expect(statSync(folder).mode & 0o777).toBe(0o710);
    await requireEnterable(folder, account);
  });

  it('opens a closed data folder that was given to us, but no folder above it', async () => {
    const above = join(aFolder(), 'above');
    mkdirSync(join(above, 'data'), { recursive: true, mode: 0o700 });
    chmodSync(above, 0o600);
    const refused = prepareDataFolder(join(above, 'data'), account);
    await expect(refused).rejects.toThrow(`the folder ${above} lets no stranger through. Run "chmod o+x ${above}"`);
    expect(statSync(above).mode & 0o777).toBe(0o600);

    chmodSync(above, 0o711);
    await requireEnterable(await prepareDataFolder(join(above, 'data'), account), account);
  });

  it('refuses a folder that this user may not write', async () => {
    const outcome = await prepareDataFolder('/usr', undefined).catch((error: PostgresServerError) => error.code);
    expect(outcome).toBe(asRoot ? '/usr' : 'folder-not-usable');
  });
});
