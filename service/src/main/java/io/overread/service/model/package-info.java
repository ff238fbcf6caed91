/** The models that are loaded, which of them drafts what, and what leaves for those elsewhere. */
@NullMarked
package io.overread.service.model;

import org.jspecify.annotations.NullMarked;
