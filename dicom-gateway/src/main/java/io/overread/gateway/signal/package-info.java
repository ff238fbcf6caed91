/**
 * Other systems tell of a study's completeness: Instance Availability Notification (PS3.4 R) and
 * Modality Performed Procedure Step (PS3.4 F.7) as SCP.
 */
@NullMarked
package io.overread.gateway.signal;

import org.jspecify.annotations.NullMarked;
