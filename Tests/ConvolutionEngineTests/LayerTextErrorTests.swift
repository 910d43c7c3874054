import ConvolutionEngine
import Testing

/// Every way to write a layer wrongly, and what is said about it.
struct LayerTextErrorTests {
  @Test(
    arguments: [
      (
        "",
        #""" is not a layer; the kinds are conv, depthwise, maxpool, avgpool, globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, batchnorm, lrn, zeropad, dropout, add, concat."#
      ),
      (
        "Conv:3",
        #""Conv" is not a layer; the kinds are conv, depthwise, maxpool, avgpool, globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, batchnorm, lrn, zeropad, dropout, add, concat."#
      ),
      (
        ":3",
        #""" is not a layer; the kinds are conv, depthwise, maxpool, avgpool, globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, batchnorm, lrn, zeropad, dropout, add, concat."#
      ),
      (
        "conv:3,strides=2",
        #"conv has no setting "strides"; it has filters, stride, padding, left, right, top, bottom, dilation, rounding, groups, bias, weights, name, from."#
      ),
      (
        "maxpool:3,filters=2",
        #"maxpool has no setting "filters"; it has stride, padding, left, right, top, bottom, dilation, rounding, name, from."#
      ),
      (
        "avgpool:3,groups=2",
        #"avgpool has no setting "groups"; it has stride, padding, left, right, top, bottom, dilation, rounding, count-padding, name, from."#
      ),
      ("relu,stride=2", #"relu has no setting "stride"; it has name, from."#),
      ("conv:3,stride=2,stride=2", "stride is set twice; set it once."),
      ("dropout", "dropout needs a size, for example dropout:0.5."),
      ("dropout:1", #"dropout is "1"; it must be a share from 0 to below 1, such as 0.5."#),
      ("lrn", "lrn needs a size, for example lrn:5."),
      ("lrn:x", #"lrn is "x"; it must be a whole number of maps."#),
      ("lrn:5,alpha=1.", #"alpha is "1."; it must be a number such as 0.001 or 1e-5."#),
      ("zeropad", "zeropad needs a size, for example zeropad:1 or zeropad,right=1,bottom=1."),
      ("zeropad:1,left=2", "zeropad's size and left cannot both be set; use one of them."),
      ("batchnorm,scale=0", #"scale is "0"; it must be no or yes."#),
      (
        "depthwise:3,filters=2",
        #"depthwise has no setting "filters"; it has multiplier, stride, padding, left, right, top, bottom, dilation, rounding, bias, weights, name, from."#
      ),
      ("add:2", #"add has no size, found "2"; write only add."#),
      (
        "conv:3,stride",
        #""stride" is not a setting; a setting is key=value, for example stride=2."#
      ),
      ("conv:3,", #""" is not a setting; a setting is key=value, for example stride=2."#),
      ("conv:3,=2", #""=2" is not a setting; a setting is key=value, for example stride=2."#),
      ("conv:3,stride=", #"stride is ""; it must be given after the =."#),
      ("conv", "conv needs a size, for example conv:3."),
      ("avgpool", "avgpool needs a size, for example avgpool:2."),
      ("dense", "dense needs a size, for example dense:10."),
      ("relu:3", #"relu has no size, found "3"; write only relu."#),
      ("globalavgpool:", #"globalavgpool has no size, found ""; write only globalavgpool."#),
      ("conv:", #"conv is ""; it must be a whole number, or 3x5 (width x height)."#),
      ("conv:3x5x7", #"conv is "3x5x7"; it must be a whole number, or 3x5 (width x height)."#),
      ("conv:3x", #"conv is "3x"; it must be a whole number, or 3x5 (width x height)."#),
      ("conv:2.5", #"conv is "2.5"; it must be a whole number, or 3x5 (width x height)."#),
      (
        "conv:99999999999999999999",
        #"conv is "99999999999999999999"; it must be a whole number, or 3x5 (width x height)."#
      ),
      (
        "conv:3,stride=two",
        #"stride is "two"; it must be a whole number, or 3x5 (width x height)."#
      ),
      (
        "conv:3,dilation=1x",
        #"dilation is "1x"; it must be a whole number, or 3x5 (width x height)."#
      ),
      (
        "conv:3,padding=some",
        #"padding is "some"; it must be a whole number, 2x1 (width x height), same or valid."#
      ),
      ("conv:3,left=a", #"left is "a"; it must be a whole number."#),
      ("conv:3,filters=2x2", #"filters is "2x2"; it must be a whole number."#),
      ("conv:3,groups=", #"groups is ""; it must be given after the =."#),
      ("conv:3,rounding=up", #"rounding is "up"; it must be ceil or floor or strict."#),
      (
        "conv:3,rounding=ceil",
        #"rounding is "ceil"; it must be floor or strict (ceil is for pools)."#
      ),
      ("conv:3,padding=1,left=1", "padding and left cannot both be set; use one of them."),
      ("conv:3,padding=same,bottom=1", "padding and bottom cannot both be set; use one of them."),
      ("avgpool:2,count-padding=maybe", #"count-padding is "maybe"; it must be no or yes."#),
      ("dense:ten", #"dense is "ten"; it must be a whole number of outputs."#),
      ("dense:10x2", #"dense is "10x2"; it must be a whole number of outputs."#),
      ("relu,from=+", #"from is "+"; it must be a name, or names joined by +."#),
      ("relu,from=a++b", #"from is "a++b"; it must be a name, or names joined by +."#),
    ])
  func `what is wrong, what is expected`(text: String, expected: String) {
    let error = #expect(throws: LayerTextError.self) { try LayerSpecification(parsing: text) }
    #expect(error?.description == expected)
  }
}
