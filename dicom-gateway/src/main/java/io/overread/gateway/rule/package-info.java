/**
 * A small language of conditions over the attributes of a data set, in which administrators write
 * rules: {@code Modality = CT and BodyPartExamined in (CHEST, THORAX) and not StudyDescription ~
 * "*phantom*"}.
 */
@NullMarked
package io.overread.gateway.rule;

import org.jspecify.annotations.NullMarked;
