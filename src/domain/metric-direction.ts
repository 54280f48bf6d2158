export type MetricDirection = 'higher' | 'lower'

const lower = new Set(
  'loss losses error errors err rmse mse mae mape smape rmsle perplexity ppl wer cer ece brier nll bpc bpb fid eer regret distance divergence kl kld logloss deviance cost'.split(
    ' ',
  ),
)
const higher = new Set(
  'acc accuracy auc auroc auprc roc ap ap50 ap75 map map50 f1 fbeta score precision recall r2 iou miou dice bleu rouge rouge1 rouge2 rougel meteor chrf ndcg mrr hits psnr ssim reward return kappa mcc top1 top5 specificity sensitivity success winrate sharpe'.split(
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

/** Which way is better, guessed from the words of a metric's key; null where they do not say. `f1_loss` is a loss. */
export function metricDirection(key: string): MetricDirection | null {
  const found = words(key)
  if (found.some(word => lower.has(word))) return 'lower'
  return found.some(word => higher.has(word)) ? 'higher' : null
}
