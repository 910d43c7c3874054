#include "picture.h"

#include <stdlib.h>
#include <string.h>

enum picture_status picture_begin(
    struct decoded_picture *picture, int width, int height, int channels, int maximum,
    size_t most) {
  picture->width = width;
  picture->height = height;
  picture->channels = channels;
  picture->maximum = maximum;
  const size_t per_row = (size_t)width * (size_t)channels;
  if (per_row > most / (size_t)height) return PICTURE_TOO_LARGE;
  picture->samples = malloc(per_row * (size_t)height * sizeof(uint16_t));
  return picture->samples ? PICTURE_OK : PICTURE_BROKEN;
}

void picture_put_row(struct decoded_picture *picture, size_t y, const uint8_t *row) {
  const size_t per_row = (size_t)picture->width * (size_t)picture->channels;
  uint16_t *to = picture->samples + y * per_row;
  if (picture->maximum > 255) {
    for (size_t x = 0; x < per_row; x++) to[x] = (uint16_t)(row[2 * x] << 8 | row[2 * x + 1]);
  } else {
    for (size_t x = 0; x < per_row; x++) to[x] = row[x];
  }
}

void picture_keep_message(struct decoded_picture *picture, const char *text) {
  strncpy(picture->message, text, sizeof picture->message - 1);
}

enum picture_status picture_end(
    struct decoded_picture *picture, uint8_t *row, enum picture_status status) {
  free(row);
  if (status != PICTURE_OK) {
    free(picture->samples);
    picture->samples = NULL;
  }
  return status;
}
