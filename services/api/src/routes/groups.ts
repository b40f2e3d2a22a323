import { ChatType, GroupId, Mode, Preset, Revision } from '@chatwarden/contracts';
import type { GroupOverview } from '@chatwarden/store';
import { Type, type Static } from 'typebox';
import { PROBLEMS, type Route } from './route.ts';

const GroupItem = Type.Object(
  {
    groupId: GroupId,
    title: Type.String(),
    chatType: ChatType,
    username: Type.Optional(Type.String({ description: 'public name in Telegram, without @' })),
    mode: Mode,
    preset: Preset,
    revision: Revision,
    locked: Type.Optional(
      Type.Object(
        { fields: Type.Array(Type.String()), by: Type.String() },
        { description: 'fields of the policy that are set elsewhere, and by whom; nobody else may change them' },
      ),
    ),
  },
  { $id: 'Group' },
);

const GroupList = Type.Object(
  {
    demo: Type.Boolean({ description: 'the traffic is made up' }),
    groups: Type.Array(Type.Ref('Group')),
  },
  { $id: 'GroupList' },
);

/** GET /api/v1/groups: every group, by title. */
export const groupsRoute: Route = (app, { groups, demo }) => {
  app.addSchema(GroupItem);
  app.addSchema(GroupList);
  const schema = {
    operationId: 'listGroups',
    summary: 'Groups with their mode and preset',
    response: { 200: Type.Ref('GroupList'), ...PROBLEMS },
  };
  app.get('/groups', { schema }, async () => {
    const listed = (await groups.listGroups()).toSorted((a, b) => a.title.localeCompare(b.title));
    return { demo, groups: listed.map(toItem) };
  });
};

function toItem({ groupId, title, type, username, policy, revision, locked }: GroupOverview): Static<typeof GroupItem> {
  return {
    groupId,
    title,
    chatType: type,
    ...(username === undefined ? {} : { username }),
    mode: policy.mode,
    preset: policy.preset,
    revision,
    ...(locked === undefined ? {} : { locked }),
  };
}
