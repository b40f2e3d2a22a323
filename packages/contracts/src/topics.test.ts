import { describe, expect, test } from 'vitest';
import { anEvent, aVerdict } from '@chatwarden/testkit';
import { dedicatedTopic, idOf, keyOf, TOPICS, topicSettings } from './topics.ts';

describe('the topic table', () => {
  test('keeps text a day and what has no text a week', () => {
    const day = 86_400_000;
    expect([TOPICS.events.retentionMs, TOPICS['events.g'].retentionMs]).toEqual([day, day]);
    expect([TOPICS.verdicts.retentionMs, TOPICS.actions.retentionMs]).toEqual([7 * day, 7 * day]);
  });

  test('a shared topic keeps the order of a group, a dedicated one that of a sender', () => {
    const event = anEvent();
    expect(keyOf('events', event)).toBe(event.groupId);
    expect(keyOf(dedicatedTopic(event.groupId), event)).toBe(event.sender.key);
    expect(keyOf('verdicts', aVerdict())).toBe(event.groupId);
  });

  test('a dedicated topic takes its settings from its family', () => {
    expect(topicSettings(dedicatedTopic('g0123456789abcdef'))).toBe(TOPICS['events.g']);
    expect(topicSettings('logs').partitions).toBe(24);
  });

  test('names a record by its id', () => {
    const event = anEvent();
    expect(idOf<'events'>(event)).toBe(event.id);
  });
});
