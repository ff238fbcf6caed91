package io.overread.service.model;

import io.overread.vlm.contrastive.ContrastiveModel;

/**
 * A contrastive model beside one that drafts.
 *
 * @param weight from 0, its scores are only shown, to 1
 */
public record Beside(ContrastiveModel model, double weight) {}
