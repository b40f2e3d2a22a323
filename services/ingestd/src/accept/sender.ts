/** Who sends, and what that one may write. */
export interface Sender {
  /** Names the key, never the secret. */
  id: string;
  mayWrite(service: string): boolean;
  /** Documents with the field `chatwarden`: what is shown as a decision of the moderation. */
  mayModerate: boolean;
  /** Long-term rate of events; 0 is without limit. */
  eventsPerSecond: number;
}
