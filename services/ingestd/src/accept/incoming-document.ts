/**
 * What a sender writes: a document as every log store takes it, but that its id may be left to us. Only described here;
 * what is checked is the document with its id.
 */
import { LogDocument } from '@chatwarden/contracts';
import { Type } from 'typebox';

const { event, ...properties } = LogDocument.properties;
const { id, ...eventProperties } = event.properties;

export const IncomingDocument = Type.Object(
  {
    ...properties,
    '@timestamp': Type.String({ description: 'RFC 3339, with Z or an offset; decides the day of the index' }),
    event: Type.Optional(
      Type.Object({
        id: Type.Optional({
          ...id,
          description: 'what tells a repeated event from a new one; within a service and a day',
        }),
        ...eventProperties,
      }),
    ),
  },
  { $id: 'EcsDocument' },
);
