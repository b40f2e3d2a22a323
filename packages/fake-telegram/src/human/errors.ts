/** Why a person cannot do something. Said to the one who drives the fake, never to a bot. */
export type HumanErrorCode = 'notFound' | 'notAMember' | 'banned' | 'restricted' | 'invalid';

export class HumanError extends Error {
  readonly code: HumanErrorCode;

  constructor(code: HumanErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
