/**
 * What shall go wrong: the rules in force and the switch that takes the whole server down. Counts and draws belong to a
 * rule, so adding another one changes nothing about those before it.
 */
import type { Clock } from '../clock.ts';
import { HumanError } from '../human/errors.ts';
import { fits, type ActiveRule, type Fault, type FaultRule, type Target } from './rule.ts';
import { seededRandom } from './seeded-random.ts';

/** The side that a test drives: `fake.faults`, or `POST /human/fault` and its like. */
export interface Faults {
  /** Throws a HumanError when the rule can never strike. */
  add(rule: FaultRule): ActiveRule;
  list(): ActiveRule[];
  /** Calls under way stay as they are: what hangs goes on hanging. */
  remove(id: number): void;
  clear(): void;
  /** Telegram is gone: polls and hanging calls are cut, and every call of every bot, until `comeBack`. */
  goDown(): void;
  comeBack(): void;
  readonly down: boolean;
}

/** The side that the Bot API asks. */
export interface FaultSource extends Faults {
  /** The fault that this call meets, counted as struck. */
  strike(target: Target): Struck | undefined;
  /** Aborts when nobody may wait any longer: the reason is 'down' or 'closed'. */
  readonly outage: AbortSignal;
  close(): void;
}

export interface Struck {
  ruleId: number;
  fault: Fault;
}

export interface FaultsDeps {
  clock: Clock;
  isMethod(name: string): boolean;
  /** Ends the long polls under way. */
  endPolls(): void;
  /** The server answers again. */
  onComeBack(): void;
}

export function createFaults({ clock, isMethod, endPolls, onComeBack }: FaultsDeps): FaultSource {
  const rules = new Map<number, { rule: ActiveRule; draw: () => number }>();
  let lastId = 0;
  let down = false;
  let outage = new AbortController();

  return {
    add(wanted) {
      requireSensible(wanted, isMethod);
      lastId += 1;
      const { forMs, ...rest } = structuredClone(wanted);
      const window = forMs === undefined ? {} : { untilMs: Math.max(clock.now(), rest.fromMs ?? 0) + forMs };
      const rule: ActiveRule = { ...rest, ...window, id: lastId, seen: 0, struck: 0 };
      rules.set(rule.id, { rule, draw: seededRandom(rule.seed ?? 1) });
      return { ...rule };
    },
    list: () => [...rules.values()].map(({ rule }) => ({ ...rule })),
    remove(id) {
      if (!rules.delete(id)) throw new HumanError('notFound', `there is no fault ${id}`);
    },
    clear: () => rules.clear(),
    goDown() {
      down = true;
      outage.abort('down');
      endPolls();
    },
    comeBack() {
      if (!down) return;
      down = false;
      outage = new AbortController();
      onComeBack();
    },
    get down() {
      return down;
    },
    get outage() {
      return outage.signal;
    },
    strike(target) {
      for (const { rule, draw } of rules.values()) {
        if (rule.struck < (rule.times ?? Infinity) && fits(rule, target) && hits(rule, draw)) {
          return { ruleId: rule.id, fault: rule.fault };
        }
      }
      return undefined;
    },
    close: () => outage.abort('closed'),
  };

  function hits(rule: ActiveRule, draw: () => number): boolean {
    rule.seen += 1;
    if (rule.seen <= (rule.skip ?? 0)) return false;
    if (rule.probability !== undefined && draw() >= rule.probability) return false;
    rule.struck += 1;
    return true;
  }
}

function requireSensible(rule: FaultRule, isMethod: (name: string) => boolean): void {
  const {
    methods = [],
    fromMs = -Infinity,
    untilMs = Infinity,
    forMs = Infinity,
    probability = 1,
    times = 1,
    skip = 0,
  } = rule;
  const unknown = methods.find((name) => !isMethod(name));
  if (unknown !== undefined) throw new HumanError('invalid', `there is no method "${unknown}"`);
  if (forMs <= 0 || !(fromMs < untilMs)) throw new HumanError('invalid', 'the time of a rule must end after it begins');
  if (!(probability >= 0 && probability <= 1)) throw new HumanError('invalid', 'probability is from 0 to 1');
  if (!(times >= 1)) throw new HumanError('invalid', 'times is 1 or more');
  if (!(skip >= 0)) throw new HumanError('invalid', 'skip is 0 or more');
}
