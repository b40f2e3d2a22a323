import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { checkCommand } from './check-command.ts';
import type { Trial } from './try-message.ts';

async function run(args: readonly string[], stdin = '') {
  const written = { out: '', err: '' };
  const sink = (stream: 'out' | 'err') => ({ write: (text: string) => ((written[stream] += text), true) });
  const terminal = { stdin: Readable.from([Buffer.from(stdin)]), stdout: sink('out'), stderr: sink('err') };
  const code = await checkCommand(args, terminal as Parameters<typeof checkCommand>[1]);
  return { code, ...written };
}

async function tried(args: readonly string[], stdin?: string): Promise<Trial> {
  return JSON.parse((await run(['--json', ...args], stdin)).out) as Trial;
}

const SPAM = '🎰 FREE CASINO BONUS! 500$ for every new player, no deposit, write me now → https://t.me/lucky_bonus_bot';

describe('a text is judged', () => {
  test('and shown with its folded form, its band, every check and what would change it', async () => {
    const { code, out, err } = await run(['Лучшее к а з и н о, заходи t.me/lucky_spin_bot']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Read as   лучшее казино, заходи t.me/lucky_spin_bot');
    expect(out).toMatch(/Band {6}act, score \d+\.\d %/);
    expect(out).toMatch(/\+1\.50 {2}spacedLetters +6 letters written apart/);
    expect(out).toMatch(/Checks that found nothing\n.*blockedList/);
    expect(out).toMatch(/from somebody whom moderators approved: allow/);
  });

  test('with numbers that add up', async () => {
    const { score, prior, speaking } = await tried([SPAM]);
    const sum = speaking.reduce((total, check) => total + check.weight, prior);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(score, 9);
  });

  test('from standard input, without the end of the line', async () => {
    const { folded } = await tried(['-'], 'Good Morning\n');
    expect(folded).toBe('good morning');
    expect((await tried(['-'], 'Good Morning\r\n')).folded).toBe('good morning');
  });

  test('an ordinary text needs no change to be allowed, and nothing alone condemns it', async () => {
    const { out } = await run(['--member', 'thanks, that worked!']);
    expect(out).toContain('Band      allow');
    expect(out).toContain('no single check, sender or preset');
  });

  test('nothing is judged as nothing', async () => {
    expect((await run([''])).out).toContain('Read as   (nothing)');
  });

  test('what a terminal would obey is folded away', async () => {
    const { out } = await run(['red \u001b[31m alert\u0007 \u009b2J \u202e!']);
    expect(out).toContain('Read as   red [31m alert 2j !');
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('options', () => {
  test('who writes: the known are believed more', async () => {
    const [first, member, approved] = await Promise.all(
      [['--first-message'], ['--member'], ['--approved']].map(async (who) => (await tried([...who, SPAM])).score),
    );
    expect(first).toBeGreaterThan(member ?? 1);
    expect(member).toBeGreaterThan(approved ?? 1);
  });

  test('the preset moves the bands', async () => {
    expect((await tried(['--preset', 'strict', SPAM])).bands).toEqual({ act: 0.8, ask: 0.4 });
    expect((await tried([SPAM])).preset).toBe('balanced');
  });

  test('what comes with the text is found by its check', async () => {
    const names = async (...args: string[]) => (await tried([...args, 'hello'])).speaking.map((check) => check.name);
    expect(await names('--button', 'https://spin.example')).toContain('keyboard');
    expect(await names('--preview', 'https://spin.example')).toContain('hiddenPreviewLink');
    expect(await names('--forwarded')).toContain('forwards');
    expect(await names('--name', 'Earn t.me/easy_money')).toContain('advertInName');
    expect(await names()).not.toContain('keyboard');
  });

  test('a single change that leads elsewhere is named with where it leads', async () => {
    const { band, changes } = await tried(['--button', 'https://spin.example', 'hello']);
    expect(band).not.toBe('allow');
    expect(changes).toContainEqual(expect.objectContaining({ what: 'without keyboard', band: 'allow' }));
    expect(changes.every((change) => change.band !== band)).toBe(true);
  });

  test('--help tells every option', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const option of ['--first-message', '--member', '--approved', '--preset', '--json', '--name']) {
      expect(out).toContain(option);
    }
  });

  test('a text that begins with a dash stands after two', async () => {
    expect((await tried(['--', '--help'])).folded).toBe('--help');
  });
});

describe('mistakes', () => {
  test.each([
    [[], 'no text to check'],
    [['one', 'two'], 'more than one text'],
    [['--loud', 'x'], "Unknown option '--loud'"],
    [['--preset', 'hard', 'x'], 'no preset "hard": there are relaxed, balanced, strict'],
    [['--preset'], '--preset'],
    [['--member', '--approved', 'x'], 'exclude each other'],
    [['--button', 'spin', 'x'], '--button needs an address'],
  ])('%j: %s', async (args, complaint) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toContain(complaint);
    expect(err).toContain('Usage: chatwarden check');
  });
});
