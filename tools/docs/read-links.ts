/** Targets of the relative links of a markdown text, without their #fragments. Code is left out. */
export function readLinks(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(\s*<?([^)\s>]+)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z][a-z+.-]*:/i.test(target));
}

/** Paths named in backticks in the rows of a markdown text's tables. */
export function readTablePaths(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => line.trimStart().startsWith('|'));
  return readPaths(rows.join('\n'));
}

/** Paths named in backticks anywhere outside of code blocks; braces stand for several paths. */
export function readPaths(markdown: string): string[] {
  const spans = [...withoutBlocks(markdown).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return spans.filter(isPath).flatMap(expandBraces);
}

/** A path has a slash, or ends as a file of ours does; a command, an address or an HTTP route is none. */
function isPath(span: string): boolean {
  if (/[\s:<>()=@$*]/.test(span) || span.startsWith('/') || span.startsWith('.')) return false;
  return span.includes('/') || /\.(ts|mjs|json|md)$/.test(span);
}

/** `a/{b,c}.ts` names a/b.ts and a/c.ts. */
function expandBraces(path: string): string[] {
  const match = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path);
  if (match === null) return [path];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => expandBraces(`${before}${choice.trim()}${after}`));
}

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^```.*?^```/gms, '');
}

function withoutCode(markdown: string): string {
  return withoutBlocks(markdown).replace(/`[^`\n]*`/g, '');
}
