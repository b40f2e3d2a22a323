import ts from 'typescript';

export interface FoundRegex {
  line: number;
  /** Undefined when the pattern is put together at run time and so cannot be judged. */
  pattern: { source: string; flags: string } | undefined;
  /** The reason in a comment `regex-ok: reason` on the same line or the line above. */
  accepted: string | undefined;
}

/** Every regular expression of a TypeScript source: literals and calls of RegExp. */
export function findRegexes(fileName: string, text: string): FoundRegex[] {
  const sourceFile = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const lines = text.split('\n');
  const found: FoundRegex[] = [];

  function visit(node: ts.Node): void {
    if (isRegex(node)) {
      const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart());
      found.push({ line: line + 1, pattern: patternOf(node), accepted: acceptedReason(lines, line) });
    }
    ts.forEachChild(node, visit);
  }
  visit(sourceFile);
  return found;
}

type RegexNode = ts.RegularExpressionLiteral | ts.NewExpression | ts.CallExpression;

function isRegex(node: ts.Node): node is RegexNode {
  if (ts.isRegularExpressionLiteral(node)) return true;
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
}

function patternOf(node: RegexNode): FoundRegex['pattern'] {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  const [source, flags] = node.arguments ?? [];
  if (source === undefined || !ts.isStringLiteralLike(source)) return undefined;
  if (flags === undefined) return { source: source.text, flags: '' };
  return ts.isStringLiteralLike(flags) ? { source: source.text, flags: flags.text } : undefined;
}

function acceptedReason(lines: readonly string[], at: number): string | undefined {
  const nearby = `${lines[at - 1] ?? ''}\n${lines[at] ?? ''}`;
  return /regex-ok: (\S.*)/.exec(nearby)?.[1];
}
