/* A linear-chain conditional random field fitted by AdaGrad (Duchi, Hazan and Singer 2011), one
   step a chain, features dropped at random (Wager, Wang and Liang 2013), a proximal L1 step after
   each epoch, and the mean of the weights over the later epochs. crf.py says what goes in and out.

   Labels are padded to a width W that fills vector registers; padding has no probability. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WIDEST 32
#define TINY 1e-30f
#define SETTLED 1e-3f /* items whose labels are this sure teach nothing */

typedef struct {
    int32_t chains, labels, width;
    const int64_t *chain_at, *item_at; /* where each chain's items and each item's features begin */
    const int32_t *features;           /* numbers of rows of weights; below 0: too rare */
    const uint8_t *gold, *starts, *allowed;
    float *weights, *moves;            /* the result: rows * width, labels * width */
    int64_t rows;
    int32_t epochs, mean_from;
    float rate, l1, drop;
    uint64_t seed;
} Task;

typedef struct {
    float *w, *g, *t, *tg;             /* weights and moves, and the sums of their squared slopes */
    float *e, *a, *b;                  /* an item's own scores, forward and backward, by label */
    float go[WIDEST * WIDEST], back[WIDEST * WIDEST], slope[WIDEST * WIDEST];
    uint8_t *kept;
    uint64_t state;
} Work;

static uint32_t draw(Work *k)
{
    k->state ^= k->state << 13;
    k->state ^= k->state >> 7;
    k->state ^= k->state << 17;
    return (uint32_t)(k->state >> 32);
}

static float total(const float *row, int n)
{
    float sum = 0;
    for (int l = 0; l < n; l++) sum += row[l];
    return sum < TINY ? TINY : sum;
}

static void score_items(const Task *task, Work *k, int64_t begin, int64_t count)
{
    int n = task->width;
    int64_t first = task->item_at[begin];
    uint32_t limit = (uint32_t)(task->drop * 4294967295.0);
    float scale = 1 / (1 - task->drop);
    for (int64_t i = 0; i < count; i++) {
        float e[WIDEST] = {0}, most = -1e30f;
        for (int64_t f = task->item_at[begin + i]; f < task->item_at[begin + i + 1]; f++) {
            uint8_t kept = task->features[f] >= 0 && draw(k) >= limit;
            k->kept[f - first] = kept;
            if (!kept) continue;
            const float *row = k->w + (int64_t)task->features[f] * n;
            for (int l = 0; l < n; l++) e[l] += row[l];
        }
        for (int l = 0; l < task->labels; l++) {
            e[l] *= scale;
            if (e[l] > most) most = e[l];
        }
        for (int l = 0; l < n; l++) k->e[i * n + l] = l < task->labels ? expf(e[l] - most) : 0;
    }
}

static void forward(const Task *task, Work *k, int64_t count)
{
    int n = task->width;
    for (int64_t i = 0; i < count; i++) {
        float a[WIDEST] = {0};
        if (i == 0)
            for (int l = 0; l < task->labels; l++) a[l] = task->starts[l];
        else
            for (int from = 0; from < task->labels; from++) {
                float p = k->a[(i - 1) * n + from];
                for (int l = 0; l < n; l++) a[l] += p * k->go[from * n + l];
            }
        for (int l = 0; l < n; l++) a[l] *= k->e[i * n + l];
        float sum = total(a, n);
        for (int l = 0; l < n; l++) k->a[i * n + l] = a[l] / sum;
    }
}

/* Backward, and on the way how often each move is expected, less how often it is made. */
static void backward(const Task *task, Work *k, int64_t begin, int64_t count)
{
    int n = task->width;
    for (int l = 0; l < n; l++) k->b[(count - 1) * n + l] = l < task->labels;
    for (int64_t i = count - 2; i >= 0; i--) {
        float v[WIDEST], b[WIDEST] = {0}, all = 0;
        for (int l = 0; l < n; l++) v[l] = k->e[(i + 1) * n + l] * k->b[(i + 1) * n + l];
        for (int to = 0; to < task->labels; to++)
            for (int l = 0; l < n; l++) b[l] += v[to] * k->back[to * n + l];
        float sum = total(b, n);
        for (int l = 0; l < n; l++) all += k->a[i * n + l] * b[l];
        for (int l = 0; l < n; l++) k->b[i * n + l] = b[l] / sum;
        for (int from = 0; from < task->labels; from++) {
            float p = k->a[i * n + from] / (all < TINY ? TINY : all);
            for (int l = 0; l < n; l++) k->slope[from * n + l] += p * k->go[from * n + l] * v[l];
        }
        k->slope[task->gold[begin + i] * n + task->gold[begin + i + 1]] -= 1;
    }
}

static void learn_chain(const Task *task, Work *k, int chain, float rate)
{
    int n = task->width;
    int64_t begin = task->chain_at[chain], count = task->chain_at[chain + 1] - begin;
    if (count < 2) return;
    for (int i = 0; i < n; i++)
        for (int l = 0; l < n; l++) {
            int real = i < task->labels && l < task->labels && task->allowed[i * task->labels + l];
            k->go[i * n + l] = k->back[l * n + i] = real ? expf(k->t[i * n + l]) : 0;
        }
    memset(k->slope, 0, sizeof k->slope);
    score_items(task, k, begin, count);
    forward(task, k, count);
    backward(task, k, begin, count);
    int64_t first = task->item_at[begin];
    for (int64_t i = 0; i < count; i++) {
        float d[WIDEST], most = 0;
        for (int l = 0; l < n; l++) d[l] = k->a[i * n + l] * k->b[i * n + l];
        float sum = total(d, n), scale = 1 / (1 - task->drop);
        for (int l = 0; l < n; l++) d[l] /= sum;
        d[task->gold[begin + i]] -= 1;
        for (int l = 0; l < n; l++) {
            if (fabsf(d[l]) > most) most = fabsf(d[l]);
            d[l] *= scale;
        }
        if (most < SETTLED) continue;
        for (int64_t f = task->item_at[begin + i]; f < task->item_at[begin + i + 1]; f++) {
            if (!k->kept[f - first]) continue;
            float *w = k->w + (int64_t)task->features[f] * n, *g = k->g + (w - k->w);
            for (int l = 0; l < n; l++) {
                g[l] += d[l] * d[l];
                w[l] -= rate * d[l] / sqrtf(g[l]);
            }
        }
    }
    for (int i = 0; i < n * n; i++)
        if (k->slope[i] != 0) {
            k->tg[i] += k->slope[i] * k->slope[i];
            k->t[i] -= rate * k->slope[i] / sqrtf(k->tg[i]);
        }
}

static void shrink(const Task *task, Work *k, float rate)
{
    for (int64_t i = 0; i < task->rows * task->width; i++)
        if (k->w[i] != 0) {
            float left = fabsf(k->w[i]) - task->l1 * rate / sqrtf(k->g[i]);
            k->w[i] = left < 0 ? 0 : copysignf(left, k->w[i]);
        }
}

/* 0 if all went well, 1 if there is not enough memory, 2 if there are too many labels. */
int fit(const Task *task)
{
    int n = task->width, rounds = 0;
    int64_t longest = 0, widest = 0, size = task->rows * n;
    if (n > WIDEST) return 2;
    for (int c = 0; c < task->chains; c++) {
        int64_t b = task->chain_at[c], e = task->chain_at[c + 1];
        if (e - b > longest) longest = e - b;
        if (task->item_at[e] - task->item_at[b] > widest) widest = task->item_at[e] - task->item_at[b];
    }
    Work *k = calloc(1, sizeof *k);
    int *order = malloc(sizeof(int) * (task->chains + 1));
    if (!k || !order) return 1;
    k->w = calloc(size, sizeof(float));
    k->g = malloc(size * sizeof(float));
    k->t = calloc(n * n, sizeof(float));
    k->tg = malloc(n * n * sizeof(float));
    k->e = malloc(longest * n * sizeof(float));
    k->a = malloc(longest * n * sizeof(float));
    k->b = malloc(longest * n * sizeof(float));
    k->kept = malloc(widest + 1);
    if (!k->w || !k->g || !k->t || !k->tg || !k->e || !k->a || !k->b || !k->kept) return 1;
    k->state = task->seed * 2654435761u + 88172645463325252ull;
    for (int64_t i = 0; i < size; i++) k->g[i] = 0.1f;
    for (int i = 0; i < n * n; i++) k->tg[i] = 1;
    for (int c = 0; c < task->chains; c++) order[c] = c;
    for (int epoch = 0; epoch < task->epochs; epoch++) {
        float rate = epoch + 3 < task->epochs ? task->rate : task->rate / 2;
        for (int c = task->chains - 1; c > 0; c--) {
            int other = draw(k) % (c + 1), kept = order[c];
            order[c] = order[other];
            order[other] = kept;
        }
        for (int c = 0; c < task->chains; c++) learn_chain(task, k, order[c], rate);
        shrink(task, k, rate);
        if (epoch < task->mean_from) continue;
        rounds++;
        for (int64_t i = 0; i < size; i++) task->weights[i] += k->w[i];
        for (int i = 0; i < n * task->labels; i++) task->moves[i] += k->t[i];
    }
    for (int64_t i = 0; rounds && i < size; i++) task->weights[i] /= rounds;
    for (int i = 0; rounds && i < n * task->labels; i++) task->moves[i] /= rounds;
    free(k->w), free(k->g), free(k->t), free(k->tg), free(k->e), free(k->a), free(k->b);
    free(k->kept), free(k), free(order);
    return 0;
}
