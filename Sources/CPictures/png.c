#include "picture.h"

#ifdef CONVWALK_PICTURES

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct source {
  const uint8_t *bytes;
  size_t left;
};

static void read_bytes(png_structp png, png_bytep out, png_size_t count) {
  struct source *source = png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends early");
  memcpy(out, source->bytes, count);
  source->bytes += count;
  source->left -= count;
}

static void keep_message(png_structp png, png_const_charp text) {
  picture_keep_message(png_get_error_ptr(png), text);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

enum picture_status picture_decode_png(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture) {
  struct source source = {bytes, count};
  // Changed between setjmp and longjmp, so kept in memory.
  uint8_t *volatile row = NULL;
  memset(picture, 0, sizeof *picture);
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, picture, keep_message, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    return PICTURE_BROKEN;
  }
  volatile enum picture_status status = PICTURE_BROKEN;
  if (setjmp(png_jmpbuf(png))) goto done;
  png_set_read_fn(png, &source, read_bytes);
  png_read_info(png, info);
  // Palettes become colours, small grey samples 8 bits, a transparent colour a channel.
  png_set_expand(png);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  status = picture_begin(
      picture, (int)png_get_image_width(png, info), (int)png_get_image_height(png, info),
      png_get_channels(png, info), png_get_bit_depth(png, info) == 16 ? 65535 : 255, most);
  if (status != PICTURE_OK) goto done;
  status = PICTURE_BROKEN;
  const size_t row_bytes = png_get_rowbytes(png, info);
  // An interlaced picture is completed pass by pass, so all rows are kept.
  row = malloc(row_bytes * (size_t)picture->height);
  if (!row) png_error(png, "there is not enough memory");
  for (int pass = 0; pass < passes; pass++)
    for (int y = 0; y < picture->height; y++) png_read_row(png, row + (size_t)y * row_bytes, NULL);
  for (int y = 0; y < picture->height; y++)
    picture_put_row(picture, (size_t)y, row + (size_t)y * row_bytes);
  png_read_end(png, NULL);
  status = PICTURE_OK;
done:
  png_destroy_read_struct(&png, &info, NULL);
  return picture_end(picture, row, status);
}

#else

enum picture_status picture_decode_png(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture) {
  (void)bytes, (void)count, (void)most, (void)picture;
  return PICTURE_NOT_BUILT;
}

#endif
