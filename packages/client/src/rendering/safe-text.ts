/** A text from elsewhere on one line, without what would make a terminal do anything else than show it. */
export function safeText(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
}
