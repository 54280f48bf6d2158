export type MetricDirection = 'higher' | 'lower'

const lower = new Set(
  'loss losses error errors err rmse mse mae mape smape rmsle perplexity ppl wer cer ece brier nll bpc bpb fid eer regret divergence kl kld logloss deviance'.split(
    ' ',
  ),
)
const higher = new Set(
  'acc accuracy auc auroc auprc roc ap ap50 ap75 map map50 f1 fbeta precision recall r2 iou miou dice bleu rouge rouge1 rouge2 rougel meteor chrf ndcg mrr hits psnr ssim reward return kappa mcc top1 top5 specificity sensitivity success winrate sharpe'.split(
    ' ',
  ),
)

/** The words of a key: `val/top5_acc` and `valTop5Acc` give `val top5 acc`. */
function words(key: string): string[] {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/**
 * Which way is better, guessed from the words of a metric's key, the last one that says it: `f1_loss` is a loss, `loss_with_reward` a reward.
 * A bare `score` is to be high. Null where no word says anything.
 */
export function metricDirection(key: string): MetricDirection | null {
  const found = words(key)
  const last = found.findLast(word => lower.has(word) || higher.has(word))
  if (last === undefined) return found.includes('score') ? 'higher' : null
  return lower.has(last) ? 'lower' : 'higher'
}
