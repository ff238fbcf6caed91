/** From a question to token ids and back: tokenizer, chat template, streamed text. */
@NullMarked
package io.overread.vlm.text;

import org.jspecify.annotations.NullMarked;
