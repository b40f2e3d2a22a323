/**
 * Who publishes what from inside a handler. A handler waits until its own publishes are handled, so two topics that
 * publish into each other would wait for each other for ever. Each way from one topic to another is learnt when it is
 * first used; one that would close a circle is refused before anything waits.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Failure, type Topic } from '@chatwarden/contracts';

export interface TopicGraph {
  /** Runs a handler of this topic; what it publishes meanwhile is nested. */
  inHandler<T>(topic: Topic, handle: () => Promise<T>): Promise<T>;
  /** Whether this publish comes from inside a handler. Throws Failure `busCycle` (never) for one that never ends. */
  enter(topic: Topic): { nested: boolean };
}

interface Handling {
  topic: Topic;
  /** A callback that outlives its handler is no longer inside it. */
  over: boolean;
}

export function createTopicGraph(): TopicGraph {
  const handling = new AsyncLocalStorage<Handling>();
  const publishes = new Map<Topic, Set<Topic>>();

  function inHandler<T>(topic: Topic, handle: () => Promise<T>): Promise<T> {
    const own: Handling = { topic, over: false };
    return handling.run(own, async () => {
      try {
        return await handle();
      } finally {
        own.over = true;
      }
    });
  }

  function leads(from: Topic, to: Topic): boolean {
    return from === to || [...(publishes.get(from) ?? [])].some((next) => leads(next, to));
  }

  function enter(topic: Topic): { nested: boolean } {
    const outer = handling.getStore();
    if (!outer || outer.over) return { nested: false };
    if (leads(topic, outer.topic)) {
      throw new Failure('busCycle', 'never', {
        message: `a handler of ${outer.topic} must not publish to ${topic}: it would wait for itself`,
      });
    }
    publishes.set(outer.topic, (publishes.get(outer.topic) ?? new Set()).add(topic));
    return { nested: true };
  }

  return { inHandler, enter };
}
