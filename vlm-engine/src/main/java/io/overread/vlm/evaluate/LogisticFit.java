package io.overread.vlm.evaluate;

/**
 * Logistic regression by Newton's method, weakly held to zero; a handful of features.
 *
 * @param bias the constant
 * @param weights one for each feature
 */
record LogisticFit(double bias, double[] weights) {

  private static final int STEPS = 50;
  private static final double RIDGE = 1;

  /** The likeliest weights for these rows, of which at least one is true and one false. */
  static LogisticFit of(double[][] rows, boolean[] truths) {
    int n = rows[0].length + 1;
    double[] w = new double[n];
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[n];
      double[][] hessian = new double[n][n];
      for (int i = 1; i < n; i++) {
        gradient[i] = -RIDGE * w[i];
        hessian[i][i] = RIDGE;
      }
      hessian[0][0] = 1e-9;
      for (int r = 0; r < rows.length; r++) {
        double p = sigmoid(logit(w, rows[r]));
        double error = (truths[r] ? 1 : 0) - p;
        for (int i = 0; i < n; i++) {
          gradient[i] += error * at(rows[r], i);
          for (int j = 0; j < n; j++) {
            hessian[i][j] += p * (1 - p) * at(rows[r], i) * at(rows[r], j);
          }
        }
      }
      double[] change = solved(hessian, gradient);
      for (int i = 0; i < n; i++) {
        w[i] += change[i];
      }
    }
    return new LogisticFit(w[0], java.util.Arrays.copyOfRange(w, 1, n));
  }

  private static double at(double[] row, int i) {
    return i == 0 ? 1 : row[i - 1];
  }

  private static double logit(double[] w, double[] row) {
    double sum = w[0];
    for (int i = 0; i < row.length; i++) {
      sum += w[i + 1] * row[i];
    }
    return sum;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-Math.clamp(logit, -30, 30)));
  }

  /** Gauss's elimination; the matrix is positive definite. */
  private static double[] solved(double[][] matrix, double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int r = i + 1; r < n; r++) {
        double factor = matrix[r][i] / matrix[i][i];
        for (int c = i; c < n; c++) {
          matrix[r][c] -= factor * matrix[i][c];
        }
        x[r] -= factor * x[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int c = i + 1; c < n; c++) {
        x[i] -= matrix[i][c] * x[c];
      }
      x[i] /= matrix[i][i];
    }
    return x;
  }
}
