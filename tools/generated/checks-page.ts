// docs/checks.md: every check of the detector as a row, with an example that it finds and an honest one that it leaves.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { CASES } from '../../packages/detector/src/checks/all-cases.ts';
import { CHECKS } from '../../packages/detector/src/checks/all-checks.ts';
import type { Case, Cases } from '../../packages/detector/src/checks/case.ts';
import type { Check } from '../../packages/detector/src/checks/check.ts';
import type { Generator } from './compare.ts';

const HEAD = `<!-- Made by \`make generate\` from packages/detector/src/checks. Do not edit. -->

# Checks

What the detector looks at besides the words of a message. Each check answers in log-odds: what is above zero speaks for
spam, what is below against it. The sum of all, of what the text classifier says of the message (\`text\`) and of what it
says of a quote from another chat (\`quotation\`), and of the share of spam in a usual group makes the score; the group's
bands cut it into act, ask and allow.

- _Payload_: finds what carries an advert past a reader of texts. From a newcomer that alone is asked about, though
  nothing in the text speaks for spam: harmless words beside it are its cover and speak for the sender by 0.7 at most.
- _Newcomer_: less than three allowed messages and nothing said by moderators, or sanctioned by them.
- The policy of a group turns a check off or multiplies its weight, by its name: \`checks: { links: { enabled: true, factor: 0.5 } }\`.
- Each check is a file in \`packages/detector/src/checks\` with all of its cases beside it. Characters that show nothing
  stand here as their code, \`⟨U+200B⟩\`.

\`npx chatwarden check "text"\` tells what the checks say of a text.
`;

export const checksPage: Generator = {
  name: 'docs/checks.md',
  files: ['docs/checks.md'],
  generate: async (outDir) => {
    await mkdir(join(outDir, 'docs'), { recursive: true });
    await writeFile(join(outDir, 'docs/checks.md'), await format(page(), { parser: 'markdown', ...STYLE }));
  },
};

/** As .prettierrc.json says; the page is checked by it. */
const STYLE = { printWidth: 120 };

function page(): string {
  const head = '| check | looks for | finds, for example | leaves alone | log-odds |\n| - | - | - | - | - |';
  return `${HEAD}\n${[head, ...CHECKS.map((check) => row(check, CASES[check.name]))].join('\n')}\n`;
}

function row({ name, describe, weights, payload }: Check, cases: Cases | undefined): string {
  if (!cases) throw new Error(`no cases for the check ${name}`);
  const looksFor = `${describe}${payload ? ' (_payload_)' : ''}`;
  return `| \`${name}\` | ${looksFor} | ${shown(cases.fires[0])} | ${shown(cases.honest[0])} | ${range(weights)} |`;
}

function range([least, most]: Check['weights']): string {
  const [from, to] = [least, most].map((weight) => String(Math.round(weight * 100) / 100));
  return from === to ? String(from) : `${from} to ${to}`;
}

function shown({ text = '', note }: Case): string {
  const said = text === '' ? '' : `\`${visible(text).replaceAll('|', '\\|')}\``;
  const more =
    note === undefined
      ? ''
      : visible(note)
          .replaceAll('|', '\\|')
          .replaceAll(/(https?:\/\/\S+)/g, '`$1`');
  if (said === '') return more;
  return more === '' ? said : `${said} (${more})`;
}

/** Joiners between emoji stay, everything else that shows nothing becomes its code. */
function visible(text: string): string {
  return text
    .replaceAll('\n', ' ⏎ ')
    .replaceAll(
      /(?!\u200d|\ufe0f)[\p{Cf}\u3164]|(?<=\P{L})[\u0300-\u036f]/gu,
      (char) => `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
}
