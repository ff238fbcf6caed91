/** The audit chain: one entry for every act, each holding the digest of the one before. */
@NullMarked
package io.overread.audit;

import org.jspecify.annotations.NullMarked;
