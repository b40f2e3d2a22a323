/** A record as it stands in Kafka. */
export interface EncodedRecord {
  value: Buffer;
  headers: Record<string, Buffer | string>;
}

/** What kafkajs hands over of a message. */
export interface StoredMessage {
  value: Buffer | null;
  headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>> | undefined;
}
