import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOpenSearchWorld, type OpenSearchWorld } from '../../test/an-opensearch-log-store.ts';
import { aVerdictEvent } from '../contract/a-log-event.ts';
import { logIndex } from '../documents.ts';
import type { Ask, Question } from './ask.ts';
import { install } from './install.ts';
import { logPolicy, POLICY_VERSION } from './ism-policy.ts';
import { TEMPLATE_VERSION, type IndexTemplate } from './template.ts';

const NOON_INDEX = (prefix: string) => logIndex('alertd', '2026-11-24', prefix);

let world: OpenSearchWorld;
let hasPlugin = false;

beforeAll(async () => {
  if (!hasOpenSearch()) return;
  world = await anOpenSearchWorld();
  const { status } = await world.ask({ method: 'GET', path: '/_plugins/_ism/policies', expected: [400, 404, 405] });
  hasPlugin = status === 200;
});

afterAll(() => world?.close());

describe.skipIf(!hasOpenSearch())('installing on OpenSearch (needs OpenSearch)', () => {
  const templatePath = () => `/_index_template/${world.prefix}chatwarden-logs`;
  const present = async () => {
    const { body } = await world.ask({ method: 'GET', path: templatePath() });
    return (body as { index_templates: { index_template: IndexTemplate }[] }).index_templates[0]?.index_template;
  };
  const withVersion = async (version: number) => {
    const template = await present();
    const body = { ...template, _meta: { managed_by: 'chatwarden', version } };
    await world.ask({ method: 'PUT', path: templatePath(), body });
  };

  it('changes nothing that is up to date, however often', async () => {
    const store = await world.empty();
    expect((await store.install()).template).toBe('current');
    const both = await Promise.all([store.install(), store.install()]);
    expect(both.map(({ template }) => template)).toEqual(['current', 'current']);
  });

  it('brings an older template up to date, and leaves a newer one alone', async () => {
    const store = await world.empty();
    await withVersion(TEMPLATE_VERSION - 1);
    expect((await store.install()).template).toBe('updated');
    expect((await present())?._meta.version).toBe(TEMPLATE_VERSION);
    await withVersion(TEMPLATE_VERSION + 1);
    expect((await store.install()).template).toBe('newer');
    await withVersion(TEMPLATE_VERSION);
  });

  it('has the policy watch every new index, or says that this OpenSearch has no plugin for it', async () => {
    const store = await world.empty();
    const { policy } = await store.install();
    expect(policy).toBe(hasPlugin ? 'current' : 'noPlugin');
    await store.write([aVerdictEvent()]);
    const path = `/_plugins/_ism/explain/${NOON_INDEX(world.prefix)}`;
    const attached = async () => {
      const { body } = await world.ask({ method: 'GET', path, expected: [400, 404, 405] });
      return JSON.stringify(body).includes(`${world.prefix}chatwarden-logs`);
    };
    await expect.poll(attached, { timeout: 20_000 }).toBe(hasPlugin);
  });
});

describe('installing the policy', () => {
  /** Index State Management as its documents describe it: a policy with a sequence number. */
  function aPlugin(description?: string) {
    const put: Question[] = [];
    const ask: Ask = async (question) => {
      if (!question.path.startsWith('/_plugins')) return { status: 404, body: {} };
      if (question.method === 'PUT') put.push(question);
      if (question.method === 'PUT' || description !== undefined) {
        return { status: 200, body: { _seq_no: 7, _primary_term: 2, policy: { description } } };
      }
      return { status: 404, body: { error: { type: 'status_exception', reason: 'Policy not found' } } };
    };
    return { ask, put };
  }
  const installed = async (ask: Ask) => (await install({ ask, prefix: '', keepDays: 7 })).policy;

  it('makes one that waits a day longer than the kept days, counted from the creation of an index', async () => {
    const { ask, put } = aPlugin();
    expect(await installed(ask)).toBe('created');
    expect(put.map(({ path }) => path)).toEqual(['/_plugins/_ism/policies/chatwarden-logs']);
    expect(JSON.stringify(put[0]?.body)).toContain('"min_index_age":"8d"');
    expect(JSON.stringify(put[0]?.body)).toContain('"index_patterns":["logs-*-20*.*.*"]');
  });

  it('replaces an older one, and only the one that it has read', async () => {
    const { ask, put } = aPlugin(`somebody's, version ${POLICY_VERSION - 1}`);
    expect(await installed(ask)).toBe('updated');
    expect(put[0]?.path).toBe('/_plugins/_ism/policies/chatwarden-logs?if_seq_no=7&if_primary_term=2');
    const racing: Ask = async (question) =>
      question.method === 'PUT' && question.path.includes('_ism') ? { status: 409, body: {} } : ask(question);
    expect(await installed(racing)).toBe('current');
  });

  it.each([
    ['current', logPolicy('', 7).policy.description],
    ['newer', `of a later release, version ${POLICY_VERSION + 1}`],
  ])('leaves one alone that is %s', async (state, description) => {
    const { ask, put } = aPlugin(description);
    expect(await installed(ask)).toBe(state);
    expect(put).toEqual([]);
  });

  it('replaces one that keeps another number of days, which might delete what is to be kept', async () => {
    const { ask, put } = aPlugin(logPolicy('', 3).policy.description);
    expect(await installed(ask)).toBe('updated');
    expect(put).toHaveLength(1);
  });

  it.each([
    [400, { error: 'no handler found for uri [/_plugins/_ism/policies/x] and method [GET]' }],
    [404, { error: 'no handler found for uri [/_plugins/_ism/policies/x] and method [GET]' }],
    [405, {}],
  ])('says when nobody is there for it: %i', async (status, body) => {
    expect(await installed(async () => ({ status, body }))).toBe('noPlugin');
  });
});
