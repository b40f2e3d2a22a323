// The smallest file system in which a program of this machine runs: the program, the libraries that `ldd` names, a shell,
// and a user. Taken from this machine's own Debian packages, since nothing can be pulled where it is needed.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface RootFs {
  folder: string;
  /** A program or library with the libraries that it needs, at the place where it stands here. */
  program(file: string): void;
  /** Only the libraries of a program, apart from those in the folder that it brings itself. */
  libraries(file: string, own: string): void;
  /** A folder as it is, links followed, elsewhere if `to` is given. */
  tree(from: string, to?: string): void;
  text(to: string, content: string, mode?: number): void;
  /** For a user of the image to write in. */
  open(folder: string): void;
}

const OPEN_TO_ALL = 0o777;
/** What the scripts of the images use. */
const TOOLS = ['/bin/sh', '/bin/cat', '/bin/rm', '/usr/bin/tr'];
const USERS = `root:x:0:0:root:/root:/bin/sh
postgres:x:999:999::/var/lib/postgresql:/bin/sh
server:x:1000:1000::/tmp:/bin/sh
`;

export function createRootFs(folder: string): RootFs {
  const at = (path: string) => join(folder, path);
  const copy = (file: string) => {
    if (existsSync(at(file))) return;
    mkdirSync(dirname(at(file)), { recursive: true });
    copyFileSync(realpathSync(file), at(file));
  };
  const rootFs: RootFs = {
    folder,
    program: (file) => {
      copy(file);
      for (const library of librariesOf(file)) copy(library);
    },
    libraries: (file, own) => {
      for (const library of librariesOf(file)) if (!library.startsWith(own)) copy(library);
    },
    tree: (from, to = from) => {
      // Installations hold links to what is not there, such as sources.
      cpSync(from, at(to), { recursive: true, dereference: true, filter: (file) => existsSync(file) });
    },
    text: (to, content, mode = 0o644) => {
      mkdirSync(dirname(at(to)), { recursive: true });
      writeFileSync(at(to), content);
      chmodSync(at(to), mode);
    },
    open: (path) => {
      mkdirSync(at(path), { recursive: true });
      chmodSync(at(path), OPEN_TO_ALL);
    },
  };
  for (const tool of TOOLS) rootFs.program(tool);
  rootFs.text('/etc/passwd', USERS);
  rootFs.text('/etc/group', 'root:x:0:\npostgres:x:999:\nserver:x:1000:\n');
  rootFs.text('/etc/nsswitch.conf', 'hosts: files dns\n');
  rootFs.open('/tmp');
  return rootFs;
}

const JAVA_HOME_INSIDE = '/opt/java';
/** Libraries that Java looks for itself, by name. */
const LOADED_LATER = /^lib(nss_files|nss_dns|resolv)\.so\.2$/;
const NOT_NEEDED = new Set(['jmods', 'include', 'man', 'legal', 'docs']);

/** Returns the path of `java` inside. */
export function addJava(rootFs: RootFs, home: string): string {
  for (const name of readdirSync(home)) {
    if (!NOT_NEEDED.has(name)) rootFs.tree(join(home, name), join(JAVA_HOME_INSIDE, name));
  }
  const libraries = readdirSync(join(home, 'lib')).filter((name) => name.endsWith('.so'));
  const files = ['bin/java', 'lib/server/libjvm.so', ...libraries.map((name) => `lib/${name}`)];
  for (const file of files) rootFs.libraries(join(home, file), home);
  const system = dirname(librariesOf('/bin/sh').find((library) => library.includes('libc.so')) ?? '/lib');
  for (const name of readdirSync(system)) if (LOADED_LATER.test(name)) rootFs.program(join(system, name));
  return `${JAVA_HOME_INSIDE}/bin/java`;
}

function librariesOf(file: string): string[] {
  let printed: string;
  try {
    printed = execFileSync('ldd', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return [];
  }
  return printed.split('\n').flatMap((line) => /(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}
