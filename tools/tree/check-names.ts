/** Names that say where a thing was put and not what it does. */
const EMPTY_WORDS = new Set(['common', 'shared', 'utils', 'helpers']);

/** One complaint per path that has a folder or a file with an empty name. */
export function checkNames(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const word = path.split(/[/.]/).find((part) => EMPTY_WORDS.has(part));
    return word === undefined ? [] : [`${path}: "${word}" says nothing; name it for what it does`];
  });
}
