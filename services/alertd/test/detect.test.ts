import { openId, openText } from '@chatwarden/keys';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { aRunningAlertd, INDIFFERENT } from './a-running-alertd.ts';

describe('detection', () => {
  test('judges a batch in order and publishes a verdict for each event', async () => {
    const { bus, event, verdicts } = await aRunningAlertd();
    const ham = event({ message: { messageId: 1, text: 'the roses are in bloom again' } });
    const spam = event({ message: { messageId: 2, text: 'casino bonus for everyone today' } });
    await bus.publish('events', [ham, spam]);
    expect(verdicts.map((verdict) => [verdict.eventId, verdict.band])).toEqual([
      [ham.id, 'allow'],
      [spam.id, 'act'],
    ]);
  });

  test('seals the id of whom an action may need, and of nobody else', async () => {
    const { bus, event, verdicts, keys, groupId } = await aRunningAlertd();
    await bus.publish('events', [
      event({ message: { text: 'hello all' } }),
      event({ message: { messageId: 2, text: 'casino bonus' } }),
    ]);
    const [ham, spam] = verdicts;
    expect(ham?.targets.sender).toBeUndefined();
    expect(openId(await keys.key(groupId, 'seal'), groupId, spam?.targets.sender ?? '')).toBe(501);
    expect(JSON.stringify(verdicts)).not.toContain('"id":501');
  });

  test('keeps the text of what is acted on, sealed, and of nothing else', async () => {
    const { bus, event, verdicts, store, keys, groupId } = await aRunningAlertd();
    await bus.publish('events', [
      event({ message: { text: 'hello all' } }),
      event({ message: { messageId: 2, text: 'casino bonus' } }),
    ]);
    const [ham, spam] = verdicts;
    expect(await store.evidence.readEvidence(groupId, ham?.id ?? '')).toBeNull();
    const kept = await store.evidence.readEvidence(groupId, spam?.id ?? '');
    const opened = openText(
      await keys.key(groupId, 'seal'),
      { groupId, rowId: spam?.id ?? '' },
      kept?.sealed ?? new Uint8Array(),
    );
    expect(JSON.parse(opened)).toMatchObject({ text: 'casino bonus' });
  });

  test('a redelivered batch gives the same verdicts and leaves the context as it was', async () => {
    const { bus, event, verdicts, store, groupId } = await aRunningAlertd();
    const batch = [1, 2, 3].map((messageId) =>
      event({ message: { messageId, text: `the roses of bed ${messageId} bloom` } }),
    );
    await bus.publish('events', batch);
    const key = [{ groupId, sender: batch[0]?.sender.key ?? '', at: NOON + 60_000 }];
    const [before] = (await store.contexts.loadContext(key)).contexts;
    await bus.publish('events', batch);
    const [after] = (await store.contexts.loadContext(key)).contexts;
    const essence = (all: typeof verdicts) => all.map(({ id, band, score }) => [id, band, score]);
    expect(essence(verdicts.slice(3))).toEqual(essence(verdicts.slice(0, 3)));
    expect(after?.sender.allowedCount).toBe(before?.sender.allowedCount);
    expect(after?.sender.seen).toEqual(before?.sender.seen);
  });

  test('a context that somebody else moved on makes the batch be judged again', async () => {
    let conflicts = 2;
    const { bus, event, verdicts } = await aRunningAlertd((store) => ({
      ...store,
      contexts: {
        ...store.contexts,
        saveContext: (...given) =>
          conflicts-- > 0 ? Promise.resolve('conflict') : store.contexts.saveContext(...given),
      },
    }));
    await bus.publish('events', [event({ message: { text: 'hello again' } })]);
    expect(verdicts).toHaveLength(3);
    expect(new Set(verdicts.map((verdict) => verdict.id)).size).toBe(1);
  });

  test('obeys settings that are newer than its own as soon as a record names them', async () => {
    const { bus, event, verdicts, store, groupId } = await aRunningAlertd();
    await bus.publish('events', [event({ message: { messageId: 1, text: 'roses for sale' } })]);
    const { revision } = await store.settings.changePolicy(groupId, (policy) => ({
      ...policy,
      blocked: [{ kind: 'word', value: 'roses' }],
    }));
    await bus.publish('events', [
      event({ message: { messageId: 2, text: 'roses for sale' }, revision, sender: { key: 'b'.repeat(32) } }),
    ]);
    expect(verdicts.map((verdict) => verdict.band)).toEqual(['allow', 'act']);
  });

  test('journals every verdict, without a word of the message', async () => {
    const { bus, event, logStore, groupId } = await aRunningAlertd();
    await bus.publish('events', [event({ message: { text: 'casino bonus' } })]);
    const { events } = await logStore.search({ groupId, limit: 10 });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ event: { dataset: 'chatwarden.verdict' }, chatwarden: { band: 'act' } });
    expect(JSON.stringify(events)).not.toContain('bonus');
  });
});

describe('campaigns', () => {
  const OFFER = 'we look for two people for remote work, paid every day, all details in private messages';
  const by = (n: number) => ({ id: 600 + n, key: String(n).padStart(32, '0') });

  test('what many newcomers post becomes spam by its spread, and the earlier copies are removed, each once', async () => {
    const { bus, event, verdicts } = await aRunningAlertd(undefined, { model: INDIFFERENT });
    const posts = Array.from({ length: 24 }, (_, n) =>
      event({ message: { messageId: 100 + n, text: OFFER }, sender: by(n), occurredAt: NOON + n * 1000 }),
    );
    for (let at = 0; at < posts.length; at += 8) await bus.publish('events', posts.slice(at, at + 8));
    await bus.publish('events', posts.slice(-8));
    const detected = verdicts.filter(({ stage }) => stage === 'detect');
    const firstAct = detected.findIndex(({ band }) => band === 'act');
    expect(firstAct).toBeGreaterThan(2);
    const swept = new Set(
      verdicts.filter(({ stage }) => stage === 'campaign').flatMap(({ targets }) => targets.messageIds),
    );
    const deleted = detected.filter(({ band }) => band === 'act').flatMap(({ targets }) => targets.messageIds);
    expect([...swept, ...deleted].length).toBeGreaterThanOrEqual(posts.length);
    expect(new Set([...swept, ...deleted])).toEqual(new Set(posts.map(({ message }) => message.messageId)));
  });

  test('a copy that a person called honest stays, and so does one of a member', async () => {
    const { bus, event, verdicts, store, groupId } = await aRunningAlertd(undefined, { model: INDIFFERENT });
    const posts = Array.from({ length: 20 }, (_, n) =>
      event({ message: { messageId: 100 + n, text: OFFER }, sender: by(n), occurredAt: NOON + n * 1000 }),
    );
    const [honest] = posts;
    if (!honest) throw new Error('no post');
    await bus.publish('events', [honest]);
    const { id: eventId, botId, chatId, traceparent, sender, message } = honest;
    const { key: senderKey, as: senderAs } = sender;
    const subject = { groupId, botId, chatId, eventId, messageId: message.messageId, senderKey, senderAs, traceparent };
    const word = { id: 'e'.repeat(32), label: 'ham', source: 'card', by: senderKey, at: NOON, revision: 1 } as const;
    await store.corrections.commitCorrection({ ...subject, ...word }, 'cleared', []);
    await bus.publish('events', posts.slice(1));
    const swept = verdicts.filter(({ stage }) => stage === 'campaign').flatMap(({ targets }) => targets.messageIds);
    expect(swept.length).toBeGreaterThan(0);
    expect(swept).not.toContain(100);
  });

  test('judging the same batch again counts the same', async () => {
    const { bus, event, verdicts } = await aRunningAlertd(undefined, { model: INDIFFERENT });
    const posts = Array.from({ length: 6 }, (_, n) =>
      event({ message: { messageId: 100 + n, text: OFFER }, sender: by(n) }),
    );
    await bus.publish('events', posts);
    const before = verdicts.map(({ id, score }) => [id, score]);
    await bus.publish('events', posts);
    expect(verdicts.slice(before.length).map(({ id, score }) => [id, score])).toEqual(before);
  });
});
