/** What `chatwarden check` was asked. */
import { parseArgs } from 'node:util';
import { PRESETS, type Preset } from '@chatwarden/contracts';

export const SENDERS = {
  firstMessage: 'somebody who never wrote before',
  member: 'a member with ten allowed messages',
  approved: 'somebody whom moderators approved',
} as const;
export type SenderKind = keyof typeof SENDERS;

export interface CheckRequest {
  /** "-" stands for what comes on the standard input. */
  text: string;
  sender: SenderKind;
  preset: Preset;
  json: boolean;
  /** What is there besides the text. */
  name?: string;
  button?: string;
  preview?: string;
  forwarded: boolean;
}

export type ParsedArguments = { request: CheckRequest } | { help: true } | { mistake: string };

const OPTIONS = {
  'first-message': { type: 'boolean' },
  member: { type: 'boolean' },
  approved: { type: 'boolean' },
  preset: { type: 'string' },
  name: { type: 'string' },
  button: { type: 'string' },
  preview: { type: 'string' },
  forwarded: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const USAGE = `Usage: chatwarden check [options] "text"
       chatwarden check [options] -          reads the text from standard input

Judges one message as the detector does, without Telegram and without a database, and says why and what would change it.

Who writes it
  --first-message   ${SENDERS.firstMessage} (so without any option)
  --member          ${SENDERS.member}
  --approved        ${SENDERS.approved}
  --name NAME       what the sender is called

What comes with it
  --button URL      a button that leads there
  --preview URL     a link preview of an address that the text does not show
  --forwarded       forwarded from a channel

How it is judged and shown
  --preset NAME     relaxed, balanced (so without the option) or strict
  --json            for programs
  --help            this page

A text that begins with a dash stands after "--".
`;

export function parseCheckArguments(args: readonly string[]): ParsedArguments {
  const parsed = parse(args);
  if ('mistake' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (values.help) return { help: true };
  const [text, ...more] = positionals;
  if (text === undefined) return { mistake: 'no text to check' };
  if (more.length > 0) return { mistake: 'more than one text: put it in quotes' };
  const senders = [
    ...(values['first-message'] ? ['firstMessage' as const] : []),
    ...(values.member ? ['member' as const] : []),
    ...(values.approved ? ['approved' as const] : []),
  ];
  if (senders.length > 1) return { mistake: '--first-message, --member and --approved exclude each other' };
  const { preset = 'balanced', name, button, preview } = values;
  if (!isPreset(preset)) return { mistake: `no preset "${preset}": there are ${Object.keys(PRESETS).join(', ')}` };
  const wrong = Object.entries({ button, preview }).find(([, url]) => url !== undefined && !URL.canParse(url));
  if (wrong) return { mistake: `--${wrong[0]} needs an address such as https://example.org` };
  return {
    request: {
      text,
      sender: senders[0] ?? 'firstMessage',
      preset,
      json: values.json === true,
      forwarded: values.forwarded === true,
      ...(name === undefined ? {} : { name }),
      ...(button === undefined ? {} : { button }),
      ...(preview === undefined ? {} : { preview }),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence names the option, what follows is advice about code.
    return { mistake: String((error as Error).message).split('. ', 1)[0] ?? 'wrong options' };
  }
}

function isPreset(name: string): name is Preset {
  return Object.hasOwn(PRESETS, name);
}
