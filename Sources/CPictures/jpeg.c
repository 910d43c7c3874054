#include "picture.h"

#ifdef CONVWALK_PICTURES

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

// Each pass over a progressive picture costs as much as the whole picture; cameras write ten.
enum { most_scans = 100 };

struct errors {
  struct jpeg_error_mgr manager;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  struct decoded_picture *picture;
};

static void keep_message(j_common_ptr info) {
  struct errors *errors = (struct errors *)info->err;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  picture_keep_message(errors->picture, text);
  longjmp(errors->escape, 1);
}

// A file that is cut short is only warned of, and its rest made grey: that is no picture to trust.
static void take_warning(j_common_ptr info, int level) {
  if (level < 0) keep_message(info);
}

static void limit_scans(j_common_ptr info) {
  if (((j_decompress_ptr)info)->input_scan_number <= most_scans) return;
  struct errors *errors = (struct errors *)info->err;
  picture_keep_message(errors->picture, "it has too many scans");
  longjmp(errors->escape, 1);
}

enum picture_status picture_decode_jpeg(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture) {
  struct jpeg_decompress_struct info;
  struct errors errors;
  // Changed between setjmp and longjmp, so kept in memory.
  uint8_t *volatile row = NULL;
  volatile enum picture_status status = PICTURE_BROKEN;
  memset(picture, 0, sizeof *picture);
  memset(&info, 0, sizeof info);
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = keep_message;
  errors.manager.emit_message = take_warning;
  errors.progress.progress_monitor = limit_scans;
  errors.picture = picture;
  if (setjmp(errors.escape)) goto done;
  jpeg_create_decompress(&info);
  info.progress = &errors.progress;
  jpeg_mem_src(&info, bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  info.out_color_space = info.jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
  // The integer transform is the same on every machine.
  info.dct_method = JDCT_ISLOW;
  // Before the library makes room for a whole progressive picture.
  jpeg_calc_output_dimensions(&info);
  status = picture_begin(
      picture, (int)info.output_width, (int)info.output_height, info.output_components, 255, most);
  if (status != PICTURE_OK) goto done;
  status = PICTURE_BROKEN;
  jpeg_start_decompress(&info);
  row = malloc((size_t)picture->width * (size_t)picture->channels);
  if (!row) goto done;
  while (info.output_scanline < info.output_height) {
    const size_t y = info.output_scanline;
    JSAMPROW rows[1] = {row};
    jpeg_read_scanlines(&info, rows, 1);
    picture_put_row(picture, y, row);
  }
  jpeg_finish_decompress(&info);
  status = PICTURE_OK;
done:
  jpeg_destroy_decompress(&info);
  return picture_end(picture, row, status);
}

#else

enum picture_status picture_decode_jpeg(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture) {
  (void)bytes, (void)count, (void)most, (void)picture;
  return PICTURE_NOT_BUILT;
}

#endif
