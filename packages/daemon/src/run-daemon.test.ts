import { EventEmitter } from 'node:events';
import { Failure } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { untilAborted } from './clock.ts';
import type { StopLog } from './lifecycle.ts';
import { runDaemon, type Daemon, type Main } from './run-daemon.ts';

const DEADLINE_MS = 2000;

/** `log` is one that the work may hand over. */
function running(main: (daemon: Daemon, log: StopLog) => ReturnType<Main>) {
  const clock = manualClock();
  const events = new EventEmitter();
  const exits: number[] = [];
  const printed: string[] = [];
  const host = Object.assign(events, {
    exit: (code: number) => void exits.push(code),
    stderr: { write: (text: string) => printed.push(text) },
  });
  const stopped: string[] = [];
  const said: string[] = [];
  const log = {
    info: (message: string) => void said.push(message),
    error: (_fields: object, message: string) => void said.push(message),
  };
  const ended = runDaemon(
    'bot',
    (daemon) => {
      daemon.lifecycle.onStop('database', () => void stopped.push('database'));
      return main(daemon, log);
    },
    { deadlineMs: DEADLINE_MS, clock, host },
  );
  return { clock, events, exits, printed, stopped, said, ended };
}

const serving: Main = ({ signal }) => untilAborted(signal);

it('ends when the work is done, stops what was made, and listens no more', async () => {
  const { ended, stopped, events } = running(() => Promise.resolve());
  expect(await ended).toBe(0);
  expect(stopped).toEqual(['database']);
  expect(events.eventNames()).toEqual([]);
});

it('ends with the code that its work says', async () => {
  expect(await running(() => Promise.resolve(3)).ended).toBe(3);
});

it.each(['SIGINT', 'SIGTERM'])('lets the work end at %s, then stops, and ends well', async (signal) => {
  const order: string[] = [];
  const { ended, events, said } = running(async ({ signal: asked, lifecycle, logTo }, log) => {
    logTo(log);
    lifecycle.onStop('bus', () => void order.push('bus'));
    await untilAborted(asked);
    order.push('work');
  });
  events.emit(signal);
  expect(await ended).toBe(0);
  expect(order).toEqual(['work', 'bus']);
  expect(said).toEqual([`stopping: ${signal}`]);
});

it('does not wait for ever for work that does not end', async () => {
  const { ended, events, clock, stopped } = running(() => new Promise(() => {}));
  events.emit('SIGTERM');
  await clock.advance(0);
  await clock.advance(DEADLINE_MS / 2 - 1);
  expect(stopped).toEqual([]);
  await clock.advance(1);
  expect(await ended).toBe(0);
  expect(stopped).toEqual(['database']);
});

it('leaves no timer behind that would keep the process for a while', async () => {
  const { ended, events, clock } = running(serving);
  events.emit('SIGTERM');
  await ended;
  expect(clock.sleeping()).toBe(0);
});

it('is ended on the spot by a second Ctrl-C, but not by a launcher that passes the first one on', async () => {
  const { events, exits, clock } = running(() => new Promise(() => {}));
  events.emit('SIGINT');
  await clock.advance(400);
  events.emit('SIGINT');
  expect(exits).toEqual([]);
  await clock.advance(200);
  events.emit('SIGINT');
  events.emit('SIGTERM');
  expect(exits).toEqual([130, 143]);
});

it.each(['uncaughtException', 'unhandledRejection'])('stops and fails at an %s', async (event) => {
  const { ended, events, printed, stopped } = running(serving);
  events.emit(event, new Error('surprise'));
  expect(await ended).toBe(1);
  expect(printed).toEqual(['bot: surprise\n']);
  expect(stopped).toEqual(['database']);
});

it('stops and fails when its work fails, with the reason on standard error until there is a logger', async () => {
  const busy = new Failure('portUnavailable', 'never', { message: 'port 3000 is busy' });
  const early = running(() => Promise.reject(busy));
  expect(await early.ended).toBe(1);
  expect(early.printed).toEqual(['bot: port 3000 is busy\n']);
  expect(early.stopped).toEqual(['database']);

  const late = running(async ({ logTo }, log) => {
    logTo(log);
    throw busy;
  });
  expect(await late.ended).toBe(1);
  expect(late.said).toContain('port 3000 is busy');
  expect(late.printed).toEqual([]);
});

it('fails when something does not stop', async () => {
  const { ended } = running(async ({ lifecycle }) => {
    lifecycle.onStop('bus', () => Promise.reject(new Error('stuck')));
  });
  expect(await ended).toBe(1);
});

it('takes the process that it is in when nothing else is given', async () => {
  const before = process.listenerCount('SIGTERM');
  expect(await runDaemon('bot', () => Promise.resolve(process.listenerCount('SIGTERM') - before))).toBe(1);
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
