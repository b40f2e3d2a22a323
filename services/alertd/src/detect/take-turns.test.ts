import type { Subscription } from '@chatwarden/bus';
import { clientIdOf, type Colour } from '@chatwarden/contracts';
import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

const SECOND_MS = 1000;

/** A detector of the colour, its gate, and the consumer group that it may join. */
function aDetector(colour: Colour) {
  const clock = manualClock();
  const world = {
    gate: undefined as Colour | undefined,
    others: [] as string[],
    away: false,
    /** What joining waits for. */
    door: Promise.resolve(),
  };
  const did: string[] = [];
  const join = async (): Promise<Subscription> => {
    await world.door;
    did.push('joined');
    return { close: async () => void did.push('left') };
  };
  const gate = async () => {
    if (world.away) throw new Error('PostgreSQL is away');
    return world.gate;
  };
  const onTurn = (judges: boolean) => void did.push(`judges: ${judges}`);
  const turns = takeTurns({
    colour,
    gate,
    members: async () => world.others,
    join,
    onTurn,
    clock,
    log: silentLogger(),
  });
  const pass = () => clock.advance(SECOND_MS);
  return { world, did, turns, pass, clock };
}

describe('a detector of a colour', () => {
  it('judges without a gate if it is blue, and stands by if it is green', async () => {
    const [blue, green] = [aDetector('blue'), aDetector('green')];
    await Promise.all([blue.pass(), green.pass()]);
    expect(blue.did).toEqual(['judges: false', 'joined', 'judges: true']);
    expect(green.did).toEqual(['judges: false']);
    expect([blue.turns.state(), green.turns.state()]).toEqual(['blue is judging', 'green is standing by']);
  });

  it('joins once, when the gate names it and nobody of the other colour is left', async () => {
    const { world, did, turns, pass } = aDetector('green');
    world.others = [clientIdOf('detect-0', 'blue'), clientIdOf('detect-9', 'green')];
    world.gate = 'green';
    await pass();
    await pass();
    expect(turns.state()).toBe('green is waiting for the other colour to leave');
    expect(did).toEqual(['judges: false']);
    world.others = [clientIdOf('detect-9', 'green'), 'detect-without-a-colour'];
    await pass();
    await pass();
    expect(did).toEqual(['judges: false', 'joined', 'judges: true']);
  });

  it('leaves when the gate names the other, and comes back when it is its turn again', async () => {
    const { world, did, turns, pass } = aDetector('blue');
    await pass();
    world.gate = 'green';
    await pass();
    expect(turns.state()).toBe('blue is standing by');
    world.gate = 'blue';
    await pass();
    expect(did.slice(3)).toEqual(['left', 'judges: false', 'joined', 'judges: true']);
  });

  it('goes on as it was while the gate cannot be read', async () => {
    const { world, did, turns, pass } = aDetector('blue');
    await pass();
    world.away = true;
    await pass();
    await pass();
    expect(turns.state()).toBe('blue is judging');
    world.away = false;
    world.gate = 'green';
    await pass();
    expect(did.at(-1)).toBe('judges: false');
  });

  it('is not ready before it has read the gate, nor while it joins', async () => {
    const { world, turns, pass } = aDetector('blue');
    const door = Promise.withResolvers<void>();
    world.away = true;
    expect(() => turns.state()).toThrow('blue is starting');
    world.door = door.promise;
    world.away = false;
    await pass();
    expect(() => turns.state()).toThrow('blue is joining');
    door.resolve();
    await pass();
    expect(turns.state()).toBe('blue is judging');
  });

  it('leaves when it stops, and reads the gate no more', async () => {
    const { did, turns, pass, clock } = aDetector('blue');
    await pass();
    await turns.stop();
    await pass();
    expect(did.slice(3)).toEqual(['left', 'judges: false']);
    expect(clock.sleeping()).toBe(0);
  });

  it('does not wait for a Kafka that is away when it stops, and leaves if it has joined after all', async () => {
    const { world, did, turns, pass } = aDetector('blue');
    const door = Promise.withResolvers<void>();
    world.door = door.promise;
    await pass();
    await turns.stop();
    expect(did).toEqual(['judges: false']);
    door.resolve();
    await pass();
    expect(did).toEqual(['judges: false', 'joined', 'left']);
  });
});
